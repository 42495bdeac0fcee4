import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { isOpen, writeTicket } from './write-ticket.js';

interface RateTicketInput {
  ticketId: string;
  /** 1 (poor) to 5 (very good). */
  score: number;
  comment?: string;
  now: Date;
}

/**
 * The user rates the service once; a comment may follow later. The same rating again changes nothing.
 * @throws DomainError invalid-input, not-found, ticket-not-resolved; conflict for another score or comment
 */
export async function rateTicket(context: ServiceContext, input: RateTicketInput): Promise<Ticket> {
  const { ticketId, score, now } = input;
  if (!Number.isInteger(score) || score < 1 || score > 5)
    throw new DomainError('invalid-input', { field: 'score' });
  const comment = input.comment?.trim() ?? '';
  const rated =
    (await writeTicket(
      context,
      { _id: ticketId, status: 'resolved', rating: null },
      { $set: { rating: { score, comment: comment || null, at: now }, updatedAt: now } },
    )) ??
    (await addComment(context, ticketId, score, comment, now)) ??
    (await findSameRating(context, ticketId, score, comment));
  await recordTicketFact(context, rated, {
    name: 'ticket-rated',
    at: rated.rating?.at ?? now,
    facts: { score },
  });
  return rated;
}

async function addComment(
  context: ServiceContext,
  ticketId: string,
  score: number,
  comment: string,
  now: Date,
): Promise<Ticket | null> {
  if (comment === '') return null;
  return writeTicket(
    context,
    { _id: ticketId, status: 'resolved', 'rating.score': score, 'rating.comment': null },
    { $set: { 'rating.comment': comment, updatedAt: now } },
  );
}

async function findSameRating(
  { models }: ServiceContext,
  ticketId: string,
  score: number,
  comment: string,
): Promise<Ticket> {
  const ticket = await models.tickets.findById(ticketId).lean();
  if (!ticket) throw new DomainError('not-found');
  if (isOpen(ticket) || !ticket.rating) {
    throw new DomainError('ticket-not-resolved');
  }
  const same = ticket.rating.score === score && (comment === '' || ticket.rating.comment === comment);
  if (!same) throw new DomainError('conflict');
  return ticket;
}
