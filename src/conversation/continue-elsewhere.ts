import type { Ticket } from '../models/ticket.js';
import { moveTicket } from '../services/tickets/move-ticket.js';
import { openTicketByNumber } from '../services/tickets/open-ticket-by-number.js';
import { DomainError } from '../shared/errors.js';
import type { Engine } from './engine.js';
import { freeFor, takeOver, type HandOver } from './hand-over.js';

/**
 * Goes on with a ticket in another conversation of the same person and takes that one; the bot has the old one back.
 * @throws DomainError not-found, ticket-closed, ticket-taken, ticket-not-yours; conflict when it is or goes there already
 */
export async function continueElsewhere(
  engine: Engine,
  input: HandOver & { conversationId: string },
): Promise<Ticket> {
  const { actor, conversationId } = input;
  const { models } = engine.services;
  const { _id: ticketId, conversationId: from } = await openTicketByNumber(engine.services, input);
  if (from === conversationId) throw new DomainError('conflict');
  // First, so that a crash in between leaves no conversation with a person for ever.
  await models.conversations.updateOne(
    { _id: from, openTicketId: ticketId, ...freeFor(actor) },
    {
      $set: { holder: 'bot', holderId: null, holderName: null, openTicketId: null },
      $inc: { version: 1 },
    },
  );
  await moveTicket(engine.services, input);
  return takeOver(engine, input);
}
