import type { Appointment } from '../../models/appointment.js';
import type { Staff } from '../../models/staff.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { changeAppointment } from './change-appointment.js';
import { consultantClaims, heldClaims } from './claims.js';
import { requirePlannerOrUnit, requireState } from './guards.js';
import { occupiedAmong } from './occupied-among.js';
import { claiming } from './place-session.js';

export interface AssignConsultantInput {
  id: string;
  /** By agents and supervisors; as it is unless given. */
  unitCode?: string | undefined;
  /** Of the unit; null for nobody yet. */
  consultantId: string | null;
  actor: Actor;
  now: Date;
}

/**
 * Who meets the guests: nobody is in two places at once. By agents, supervisors, and members of the unit.
 * @throws DomainError not-allowed, invalid-input (params: field), consultant-busy, appointment-over, step-not-possible
 */
export async function assignConsultant(
  context: ServiceContext,
  { id, unitCode, consultantId, actor, now }: AssignConsultantInput,
): Promise<Appointment> {
  return claiming(() =>
    changeAppointment(context, {
      ...{ id, by: { kind: 'staff', actor }, now },
      decide: async (before) => {
        await requirePlannerOrUnit(context, actor, before);
        requireState(before, 'awaiting-letter', 'planning', 'scheduled', 'under-way', 'over');
        const unit = unitCode ?? before.unitCode;
        if (unit !== before.unitCode) await requireUnit(context, actor, unit);
        const consultant = consultantId === null ? null : await findConsultant(context, consultantId, unit);
        if (unit === before.unitCode && consultantId === before.consultantId) return null;
        const consultantName = consultant?.name ?? null;
        return {
          entry: {
            step: 'assign',
            text: consultantName ?? undefined,
            replacedId: replacedBy(before, consultantId),
          },
          set: { unitCode: unit, consultantId, consultantName },
          claims: await claimsFor(context, before, consultantId, now),
        };
      },
    }),
  );
}

/** Who has the task no more, and is to hear so. */
function replacedBy(before: Appointment, consultantId: string | null): string | undefined {
  return before.consultantId === consultantId ? undefined : (before.consultantId ?? undefined);
}

/** The half hours of the consultant beside what it has. @throws DomainError consultant-busy */
async function claimsFor(
  context: ServiceContext,
  before: Appointment,
  consultantId: string | null,
  now: Date,
): Promise<string[]> {
  const { calendar } = context.reference;
  const held = heldClaims(calendar, before).length > 0 ? before.held : null;
  const places = (before.claims ?? []).filter((claim) => !claim.startsWith('staff:'));
  const busy = [before.agreed, held]
    .filter((session) => session !== null)
    .flatMap((session) => consultantClaims(calendar, consultantId, session));
  const occupied = await occupiedAmong(context, busy, before._id, now);
  if (occupied.size > 0) throw new DomainError('consultant-busy');
  return [...places, ...busy];
}

async function requireUnit({ models }: ServiceContext, actor: Actor, unitCode: string): Promise<void> {
  requireRole(actor, 'agent', 'supervisor');
  const unit = await models.units.exists({ _id: unitCode, active: true });
  if (!unit) throw new DomainError('invalid-input', { field: 'unitCode' });
}

async function findConsultant({ models }: ServiceContext, id: string, unitCode: string): Promise<Staff> {
  const consultant = await models.staff
    .findOne({ _id: id, unitCode, active: true, roles: { $in: ['unit-member', 'head-of-unit'] } })
    .lean();
  if (!consultant) throw new DomainError('invalid-input', { field: 'consultantId' });
  return consultant;
}
