import type { Post } from '../../models/official-letter.js';
import type { Role, Staff } from '../../models/staff.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { addAdministrator, isStandingAdministrator, removeAdministrator } from './administrator-list.js';
import { requireRole } from './authorise.js';
import { checkUnit } from './check-unit.js';
import { endSessions } from './end-session.js';

export interface StaffChanges {
  name?: string | undefined;
  position?: string | null | undefined;
  email?: string | null | undefined;
  roles?: readonly Role[] | undefined;
  unitCode?: string | null | undefined;
  post?: Post | null | undefined;
  active?: boolean | undefined;
}

/**
 * Changes somebody's particulars, roles or standing; a deactivated person is signed out everywhere.
 * @throws DomainError not-allowed, not-found, invalid-input, last-administrator
 */
export async function updateStaff(
  ctx: ServiceContext,
  { actor, staffId, changes, now }: { actor: Actor; staffId: string; changes: StaffChanges; now: Date },
): Promise<Staff> {
  requireRole(actor, 'administrator');
  await checkUnit(ctx, changes.unitCode);
  const before = await ctx.models.staff.findById(staffId).lean();
  if (!before) throw new DomainError('not-found');
  const given = Object.fromEntries(
    Object.entries(normal(changes)).filter(([, value]) => value !== undefined),
  );
  const wanted: Staff = { ...before, ...given };
  const stepsDown = isStandingAdministrator(before) && !isStandingAdministrator(wanted);
  if (stepsDown) await removeAdministrator(ctx, staffId, now);
  const staff = await ctx.models.staff
    .findByIdAndUpdate(staffId, { $set: given }, { returnDocument: 'after' })
    .lean();
  if (!staff) throw new DomainError('not-found');
  if (isStandingAdministrator(staff)) await addAdministrator(ctx, staffId, now);
  if (!staff.active) await endSessions(ctx, { staffId });
  await recordAudit(ctx, {
    actor,
    action: 'staff.update',
    subject: staff.username,
    details: {
      changed: Object.keys(given).join(' '),
      roles: staff.roles.join(' '),
      active: staff.active,
      ...(changes.post === undefined ? {} : { post: changes.post }),
    },
    now,
  });
  ctx.changes.publish({ topic: 'staff', id: staffId });
  return staff;
}

/** Another address may be another person's: who they are in Teams is found out anew. */
function normal(changes: StaffChanges): StaffChanges & { directoryId?: null } {
  if (changes.email === undefined) return changes;
  return { ...changes, email: changes.email?.toLowerCase() ?? null, directoryId: null };
}
