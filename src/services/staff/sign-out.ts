import type { Staff } from '../../models/staff.js';
import { recordAudit } from '../audit/record-audit.js';
import type { ServiceContext } from '../service-context.js';
import { actorOf } from './actor-of.js';
import { endSession } from './end-session.js';

/** @throws DomainError not-found */
export async function signOut(
  ctx: ServiceContext,
  { staff, sessionId, now }: { staff: Staff; sessionId: string; now: Date },
): Promise<void> {
  await endSession(ctx, { staffId: staff._id, sessionId });
  await recordAudit(ctx, {
    actor: actorOf(staff),
    action: 'session.end',
    subject: staff.username,
    details: {},
    now,
  });
}
