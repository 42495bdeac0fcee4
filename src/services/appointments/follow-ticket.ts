import type { Appointment, AppointmentState } from '../../models/appointment.js';
import type { Filter } from '../../models/query.js';
import { OPEN_STATUSES, type Ticket, type TicketStatus } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';
import { writeTicket } from '../tickets/write-ticket.js';

/**
 * Shows on the ticket how its booking stands, and ends it where the booking has ended without taking place; an older state never
 * overwrites a newer one. What an agent made of the status meanwhile stands until the booking's state changes.
 */
export async function followTicket(context: ServiceContext, appointment: Appointment): Promise<void> {
  const { _id: id, ticketId, state, version, agreed, updatedAt } = appointment;
  const snapshot = { id, state, startsAt: agreed?.startsAt ?? null, version };
  const open = { _id: ticketId, status: { $in: [...OPEN_STATUSES] } };
  const older = { $or: [{ appointment: null }, { 'appointment.version': { $lt: version } }] };
  for (const { status, when } of statusesOf(state)) {
    const set = { appointment: snapshot, updatedAt, ...(status === undefined ? {} : { status }) };
    const end = status === 'closed' ? await endingOf(context, appointment) : {};
    if (await writeTicket(context, { ...open, ...older, ...when }, { $set: { ...set, ...end } })) return;
  }
  const ended = { _id: ticketId, status: { $nin: [...OPEN_STATUSES] }, ...older };
  await writeTicket(context, ended, { $set: { appointment: snapshot } });
}

/** Its own status only where the state is a new one; planned and held it is its agent's, or nobody's. */
function statusesOf(state: AppointmentState): { status?: TicketStatus; when: Filter<Ticket> }[] {
  const same = { when: { 'appointment.state': state } };
  switch (state) {
    case 'awaiting-letter':
      return [same, { status: 'waiting-user', when: {} }];
    case 'scheduled':
      return [same, { status: 'scheduled', when: {} }];
    case 'cancelled':
    case 'no-show':
    case 'declined':
      return [{ status: 'closed', when: {} }];
    default:
      return [
        same,
        { status: 'open', when: { assigneeId: null } },
        { status: 'in-progress', when: { assigneeId: { $ne: null } } },
      ];
  }
}

/** The ticket's closing is then finished as every other's; what the chat hears of it are the booking's own words. */
async function endingOf(
  { models, texts }: ServiceContext,
  { ticketId, state, thread, updatedAt }: Appointment,
): Promise<Partial<Ticket>> {
  const ticket = await models.tickets.findById(ticketId, { language: 1 }).lean();
  const entry = thread.findLast(({ step }) => ENDS.has(step));
  const at = entry?.at ?? updatedAt;
  const t = texts.for(ticket?.language ?? 'id');
  const closeReason = entry?.text ?? t(`ticket-status:bookingEnded.${state}`);
  return {
    ...{ closeReason, closedAt: at, closedById: entry?.byId ?? null, unread: 0 },
    ...{ closingPending: true, nextClosingAt: at },
  };
}

const ENDS: ReadonlySet<string> = new Set(['cancel', 'decline', 'no-show']);
