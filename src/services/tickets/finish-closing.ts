import type { ServiceContext } from '../service-context.js';
import { recordResolved } from './resolve-ticket.js';
import { writeTicket } from './write-ticket.js';

/** The BAK is made, mailed and told to the user: nothing is left to do for this resolved ticket. May run again. */
export async function finishClosing(
  context: ServiceContext,
  { ticketId }: { ticketId: string; now: Date },
): Promise<void> {
  const ticket = await writeTicket(
    context,
    { _id: ticketId, closingPending: true },
    { $set: { closingPending: false } },
  );
  if (!ticket) return;
  const { resolvedById } = ticket;
  const officer = resolvedById === null ? null : await context.models.staff.findById(resolvedById).lean();
  await recordResolved(context, ticket, officer ? { staffId: officer._id, name: officer.name } : undefined);
}
