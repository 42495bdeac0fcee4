import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { recordEnding } from './record-ending.js';
import { writeTicket } from './write-ticket.js';

/**
 * The user has been told, and the BAK of a resolved ticket is made and on its way: nothing is left to do. May run again.
 * @throws DomainError not-found
 */
export async function finishClosing(
  context: ServiceContext,
  { ticketId }: { ticketId: string },
): Promise<Ticket> {
  const { models } = context;
  const pending = await models.tickets.findById(ticketId).lean();
  if (!pending) throw new DomainError('not-found');
  const officer = await models.staff.findById(pending.resolvedById ?? pending.closedById).lean();
  await recordEnding(context, pending, officer ? { staffId: officer._id, name: officer.name } : undefined);
  const finished = await writeTicket(
    context,
    { _id: ticketId, closingPending: true },
    { $set: { closingPending: false, nextClosingAt: null } },
  );
  return finished ?? pending;
}
