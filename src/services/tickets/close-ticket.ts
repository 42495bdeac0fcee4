import { BOOKING_KINDS, isBooking, type Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { firstClosingCheck } from './closing-schedule.js';
import { recordEnding } from './record-ending.js';
import { changeableBy, refuse, writeTicket } from './write-ticket.js';

interface CloseTicketInput {
  number: string;
  actor: Actor;
  reason: string;
  now: Date;
}

/**
 * Ends a ticket without an answer. It then waits (`closingPending`) for the user to be told.
 * @throws DomainError not-allowed, not-found, ticket-closed, ticket-not-yours; invalid-input without a reason;
 * step-not-possible for a booking, which is cancelled or declined
 */
export async function closeTicket(context: ServiceContext, input: CloseTicketInput): Promise<Ticket> {
  const { number, actor, now } = input;
  requireRole(actor, 'agent', 'supervisor');
  const reason = input.reason.trim();
  if (reason === '') throw new DomainError('invalid-input', { field: 'reason' });
  const closed =
    (await writeTicket(
      context,
      { ...changeableBy(actor, number), kind: { $nin: [...BOOKING_KINDS] } },
      {
        $set: {
          ...{ status: 'closed', closeReason: reason, closedAt: now, closedById: actor.staffId },
          ...{ closingPending: true, nextClosingAt: firstClosingCheck(now), updatedAt: now, unread: 0 },
        },
      },
    )) ?? (await refuseToClose(context, number, actor));
  await recordEnding(context, closed, actor);
  return closed;
}

async function refuseToClose(context: ServiceContext, number: string, actor: Actor): Promise<never> {
  const ticket = await context.models.tickets.findOne(changeableBy(actor, number), { kind: 1 }).lean();
  if (ticket && isBooking(ticket.kind)) throw new DomainError('step-not-possible');
  return refuse(context, { number, actor }, 'ticket-not-yours');
}
