import type { Staff } from '../../models/staff.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { ServiceContext } from '../service-context.js';
import { actorOf } from './actor-of.js';
import { checkPasswordRule } from './check-password-rule.js';
import { endSessions } from './end-session.js';
import { hashPassword, verifyPassword } from './password.js';
import { countSignInTry } from './sign-in-throttle.js';

export interface PasswordChange {
  staff: Staff;
  current: string;
  next: string;
  /** The session that asks stays; every other one ends. */
  sessionId: string;
  address: string;
  now: Date;
}

/** @throws DomainError wrong-credentials, too-many-attempts, weak-password */
export async function changePassword(
  ctx: ServiceContext,
  { staff, current, next, sessionId, address, now }: PasswordChange,
): Promise<void> {
  const counted = await countSignInTry(ctx, { username: staff.username, address, now });
  if (!(await verifyPassword(staff.passwordHash, current))) throw new DomainError('wrong-credentials');
  await counted.forgive();
  checkPasswordRule(next, staff.username);
  const passwordHash = await hashPassword(next);
  const { matchedCount } = await ctx.models.staff.updateOne(
    { _id: staff._id, passwordHash: staff.passwordHash },
    { $set: { passwordHash, setupTokenHash: null, setupTokenUntil: null } },
  );
  if (matchedCount === 0) throw new DomainError('conflict');
  await endSessions(ctx, { staffId: staff._id, except: sessionId });
  await recordAudit(ctx, {
    actor: actorOf(staff),
    action: 'session.change-password',
    subject: staff.username,
    details: {},
    now,
  });
}
