import type { Appointment, AppointmentEntry } from '../../models/appointment.js';
import type { Ticket } from '../../models/ticket.js';
import { recordAudit } from '../audit/record-audit.js';
import { clockFacts } from '../reception/visit-clocks.js';
import type { ServiceContext } from '../service-context.js';
import { recordTicketFact } from '../tickets/record-ticket-fact.js';

/** Fact and audit line of one step, once however often this runs (R-F1). What users did themselves is no act of the office's. */
export async function recordStep(
  context: ServiceContext,
  appointment: Appointment,
  ticket: Ticket,
  entry: AppointmentEntry,
): Promise<void> {
  const { n, step, at, by, byId, byName } = entry;
  const of = `${appointment._id}:${n}`;
  const actor = byId === null ? undefined : { staffId: byId, name: byName };
  const facts = factsOf(appointment, ticket, entry);
  await recordTicketFact(context, ticket, { name: `appointment-${step}`, of, at, actor, facts });
  if (by === 'user') return;
  const action = `appointment.${step}`;
  await recordAudit(context, {
    ...{ actor: actor ?? null, action, subject: ticket.number, key: `${action}:${of}` },
    ...{ details: { entry: n, ...overrideOf(entry) }, now: at },
  });
}

function factsOf(
  appointment: Appointment,
  ticket: Ticket,
  { step, by, startsAt, overridden = [] }: AppointmentEntry,
): Record<string, string | number | boolean | null> {
  const { kind, regionCode: region, topicCode: topic, unitCode: unit, agreed, guests, visit } = appointment;
  const session = startsAt ?? agreed?.startsAt;
  return {
    ...{ kind, by, region, topic, unit },
    ...(session ? { startsAt: session.toISOString() } : {}),
    ...(PLANS.has(step) && agreed ? { room: agreed.room, guests: guests.length } : {}),
    // R-B2: an agreed time by then, or late.
    ...(step === 'book' ? { onTime: !ticket.deadline?.breach } : {}),
    ...(step === 'attendance' ? { present: visit?.attendance.length ?? 0 } : {}),
    ...(step === 'sign-travel-orders' ? { travelOrders: visit?.travelOrders.length ?? 0 } : {}),
    ...(step === 'meet' || step === 'leave' ? clockFacts(appointment, step) : {}),
    ...(overridden.length > 0 ? { overridden: overridden.join(',') } : {}),
  };
}

const PLANS: ReadonlySet<string> = new Set(['book', 'move']);

/** Which rule a supervisor set aside, and the reason: the one sentence the audit log has to keep. */
function overrideOf({ overridden = [], text }: AppointmentEntry): Record<string, string> {
  return overridden.length > 0 ? { overridden: overridden.join(','), reason: text ?? '' } : {};
}
