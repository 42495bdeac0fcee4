import type { Ticket } from '../../models/ticket.js';
import { nextOpening } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import { promisedDate } from './promised-date.js';
import { asRead } from './recount-deadline.js';

/** The user knows the date as it stands; if it changed in between, the next run looks again. */
export async function noteTold({ models }: ServiceContext, ticket: Ticket, now: Date): Promise<void> {
  const { deadline } = ticket;
  if (!deadline) return;
  const { breach } = deadline;
  await models.tickets.updateOne(asRead(ticket), {
    $set: {
      'deadline.version': deadline.version + 1,
      'deadline.toldDueAt': promisedDate(ticket),
      'deadline.tellAt': null,
      'deadline.breach': breach && { ...breach, toldAt: breach.toldAt ?? now },
    },
  });
}

/** Not now: at the next opening after `now`, or never when there is nothing to tell any more. */
export async function postponeTelling(
  { models, reference }: ServiceContext,
  ticket: Ticket,
  now: Date | null,
): Promise<void> {
  const tellAt = now && nextOpening(reference.calendar, now);
  await models.tickets.updateOne(
    { _id: ticket._id, 'deadline.tellAt': ticket.deadline?.tellAt ?? null },
    { $set: { 'deadline.tellAt': tellAt } },
  );
}
