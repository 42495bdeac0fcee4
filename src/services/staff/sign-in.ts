import type { Staff } from '../../models/staff.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { ServiceContext } from '../service-context.js';
import { actorOf } from './actor-of.js';
import { verifyPassword } from './password.js';
import { startSession } from './session.js';
import { countSignInTry } from './sign-in-throttle.js';

export interface SignInRequest {
  username: string;
  password: string;
  /** Network address of the browser; only its hash is kept. */
  address: string;
  userAgent: string;
  now: Date;
}

/**
 * @returns the person and the secret for the session cookie.
 * @throws DomainError wrong-credentials, too-many-attempts
 */
export async function signIn(
  ctx: ServiceContext,
  { username: given, password, address, userAgent, now }: SignInRequest,
): Promise<{ staff: Staff; secret: string }> {
  const username = given.trim().toLowerCase();
  const counted = await countSignInTry(ctx, { username, address, now });
  const staff = await ctx.models.staff.findOne({ username }).lean();
  const right = await verifyPassword(staff?.active ? staff.passwordHash : null, password);
  if (!staff || !right) {
    await recordRefusal(ctx, staff, now);
    throw new DomainError('wrong-credentials');
  }
  await counted.forgive();
  const secret = await startSession(ctx, { staffId: staff._id, userAgent, now });
  await recordAudit(ctx, {
    actor: actorOf(staff),
    action: 'session.start',
    subject: staff.username,
    details: {},
    now,
  });
  return { staff, secret };
}

/** A name that nobody has is not kept: it may be a password typed into the wrong field. */
async function recordRefusal(ctx: ServiceContext, staff: Staff | null, now: Date): Promise<void> {
  await recordAudit(ctx, {
    actor: null,
    action: 'session.start',
    subject: staff?.username ?? '-',
    details: { refused: 'wrong-credentials' },
    now,
  });
}
