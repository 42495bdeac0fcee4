import type { Staff } from '../../models/staff.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { ServiceContext } from '../service-context.js';
import { actorOf } from './actor-of.js';
import { addAdministrator, isStandingAdministrator } from './administrator-list.js';
import { checkPasswordRule } from './check-password-rule.js';
import { endSessions } from './end-session.js';
import { isFirstAdministratorToBe } from './ensure-first-administrator.js';
import { hashPassword } from './password.js';
import { secretHash } from './secret-hash.js';
import { startSession } from './session.js';
import { findSetup } from './setup-link.js';
import { parseUsername, refuseTakenUsername } from './username.js';

export interface SetupRequest {
  token: string;
  /** Of the first administrator only; everybody else got theirs with the invitation. */
  username?: string | undefined;
  name?: string | undefined;
  password: string;
  userAgent: string;
  now: Date;
}

/**
 * Sets the password behind a one-time link and signs in. The link is spent by the same write that stores the
 * password; sessions from before it end.
 * @throws DomainError setup-token-invalid, weak-password, invalid-input, username-taken
 */
export async function completeSetup(
  ctx: ServiceContext,
  { token, username, name, password, userAgent, now }: SetupRequest,
): Promise<{ staff: Staff; secret: string }> {
  const invited = await findSetup(ctx, { token, now });
  const chosen = isFirstAdministratorToBe(invited)
    ? { username: parseUsername(username ?? ''), name: parseName(name) }
    : {};
  checkPasswordRule(password, chosen.username ?? invited.username);
  const passwordHash = await hashPassword(password);
  const staff = await refuseTakenUsername(
    ctx.models.staff
      .findOneAndUpdate(
        { _id: invited._id, setupTokenHash: secretHash(token), active: true },
        { $set: { ...chosen, passwordHash, setupTokenHash: null, setupTokenUntil: null } },
        { returnDocument: 'after' },
      )
      .lean(),
  );
  if (!staff) throw new DomainError('setup-token-invalid');
  if (isStandingAdministrator(staff)) await addAdministrator(ctx, staff._id, now);
  await endSessions(ctx, { staffId: staff._id });
  await recordAudit(ctx, {
    actor: actorOf(staff),
    action: 'setup.complete',
    subject: staff.username,
    details: {},
    now,
  });
  return { staff, secret: await startSession(ctx, { staffId: staff._id, userAgent, now }) };
}

function parseName(name: string | undefined): string {
  const trimmed = name?.trim() ?? '';
  if (trimmed === '') throw new DomainError('invalid-input', { field: 'name' });
  return trimmed;
}
