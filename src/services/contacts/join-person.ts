import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { ticketChange } from '../tickets/ticket-change.js';
import { visibleTo } from '../tickets/visible-to.js';
import { mergeContacts } from './merge-contacts.js';

interface JoinInput {
  number: string;
  /** The contact that is the same person. */
  contactId: string;
  actor: Actor;
  now: Date;
}

/**
 * Staff says that the person of a ticket and another contact are one.
 * @throws DomainError not-allowed, not-found; conflict when they are one already
 */
export async function joinPerson(
  context: ServiceContext,
  { number, contactId, actor, now }: JoinInput,
): Promise<void> {
  const ticket = await context.models.tickets.findOne({ number, $and: [visibleTo(actor)] }).lean();
  if (!ticket?.contactId) throw new DomainError('not-found');
  const contactIds: [string, string] = [ticket.contactId, contactId];
  await mergeContacts(context, { contactIds, reason: 'staff', actor, now });
  context.changes.publish(ticketChange(ticket));
}
