import type { Escalation } from '../../models/escalation.js';
import type { Filter } from '../../models/query.js';
import { OPEN_STATUSES, type Ticket, type TicketStatus } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';
import { writeTicket } from '../tickets/write-ticket.js';

/**
 * Shows on the ticket how its escalation stands; an older state never overwrites a newer one. From the first escalation on
 * R-A4 counts.
 */
export async function followTicket(context: ServiceContext, escalation: Escalation): Promise<void> {
  const { _id: id, ticketId, unitCode, state, version, sentAt, updatedAt } = escalation;
  const open = { _id: ticketId, status: { $in: [...OPEN_STATUSES] } };
  await writeTicket(context, { ...open, escalatedAt: null }, { $set: { escalatedAt: sentAt, updatedAt } });
  const set = { escalation: { id, unitCode, state, version }, updatedAt };
  const older = { $or: OLDER(escalation) };
  for (const { status, when } of statusesOf(escalation)) {
    const written = await writeTicket(context, { ...open, ...when, ...older }, { $set: { ...set, status } });
    if (written) return;
  }
  const ended = { _id: ticketId, status: { $nin: [...OPEN_STATUSES] }, ...older };
  await writeTicket(context, ended, { $set: { escalation: set.escalation } });
}

/** Identifiers sort in the order they were made, and a ticket has one open escalation at a time. */
const OLDER = ({ _id: id, version }: Escalation): Filter<Ticket>[] => [
  { escalation: null },
  { 'escalation.id': { $lt: id } },
  { 'escalation.id': id, 'escalation.version': { $lt: version } },
];

/** What an open ticket becomes; when it is over it is its agent's again, or nobody's. */
function statusesOf({ state, open }: Escalation): { status: TicketStatus; when: Filter<Ticket> }[] {
  if (open) return [{ status: state === 'asking' ? 'waiting-user' : 'waiting-unit', when: {} }];
  return [
    { status: 'open', when: { assigneeId: null } },
    { status: 'in-progress', when: { assigneeId: { $ne: null } } },
  ];
}
