import { OPEN_STATUSES, type Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { visibleTo } from './visible-to.js';
import { refuse, writeTicket } from './write-ticket.js';

interface MarkConcernedInput {
  number: string;
  actor: Actor;
  /** Whom of the staff the complaint is about; null takes the mark away. */
  staffId: string | null;
  now: Date;
}

/**
 * R-A8: says whom a complaint is about. From this write on they know nothing of it; who was handling it does not any more.
 * @throws DomainError not-allowed, not-found, ticket-closed; invalid-input for an unknown person, oneself or another kind of
 * ticket
 */
export async function markConcerned(context: ServiceContext, input: MarkConcernedInput): Promise<Ticket> {
  const { number, actor, staffId, now } = input;
  requireRole(actor, 'supervisor');
  const known = staffId === null || (await context.models.staff.exists({ _id: staffId })) !== null;
  // Whoever marks themselves would lock the complaint away from the one who has just read it, and say so.
  if (!known || staffId === actor.staffId) throw new DomainError('invalid-input', { field: 'staffId' });
  const complaint = { number, kind: 'complaint' as const, $and: [visibleTo(actor)] };
  const open = { ...complaint, status: { $in: [...OPEN_STATUSES] } };
  const mark = { concernsStaffId: staffId, updatedAt: now };
  const free = { assigneeId: null, assigneeName: null, status: 'open' as const };
  const marked =
    (staffId === null
      ? null
      : await writeTicket(context, { ...open, assigneeId: staffId }, { $set: { ...mark, ...free } })) ??
    (await writeTicket(context, open, { $set: mark })) ??
    (await refuseToMark(context, input));
  if (staffId !== null) await takeFrom(context, marked, staffId);
  // Whom is not said here: the log is read by more people than the complaint.
  await recordAudit(context, { actor, action: 'ticket.mark-concerned', subject: number, now });
  return marked;
}

/** A conversation in which the complaint is open is held by them no longer. */
async function takeFrom({ models }: ServiceContext, ticket: Ticket, staffId: string): Promise<void> {
  await models.conversations.updateOne(
    { _id: ticket.conversationId, openTicketId: ticket._id, holder: 'staff', holderId: staffId },
    { $set: { holder: 'bot', holderId: null, holderName: null }, $inc: { version: 1 } },
  );
}

async function refuseToMark(context: ServiceContext, { number, actor }: MarkConcernedInput): Promise<never> {
  const other = await context.models.tickets.exists({ number, kind: { $ne: 'complaint' } });
  if (other) throw new DomainError('invalid-input', { field: 'number' });
  return refuse(context, { number, actor }, 'ticket-not-yours');
}
