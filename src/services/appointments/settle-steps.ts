import type { Appointment, AppointmentEntry, AppointmentStep } from '../../models/appointment.js';
import type { Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';
import { followTicket } from './follow-ticket.js';
import { offerFreed } from './offer-freed.js';
import { recordStep } from './record-step.js';

/** What follows from a step outside the office: papers, mails, what the chat hears; each is made once however often it is called. */
export type FollowStep = (ticket: Ticket, appointment: Appointment, entry: AppointmentEntry) => Promise<void>;

/**
 * Draws the consequences of every step that has none yet: the ticket's state, fact, audit line, what `follow` makes of it, and
 * the time that it leaves free for who waits. Run twice, late or by two processes at once it changes nothing more.
 * @returns the appointment as it then stood
 */
export async function settleSteps(
  context: ServiceContext,
  id: string,
  follow: FollowStep,
  now: Date,
): Promise<Appointment | null> {
  const { models } = context;
  const appointment = await models.appointments.findById(id).lean();
  if (!appointment) return null;
  await followTicket(context, appointment);
  const ticket = await models.tickets.findById(appointment.ticketId).lean();
  if (!ticket) return appointment;
  const { thread, settledEntry, version } = appointment;
  for (const entry of thread.slice(settledEntry)) {
    await recordStep(context, appointment, ticket, entry);
    await follow(ticket, appointment, entry);
    if (FREES.has(entry.step)) await offerFreed(context, now);
  }
  const settled = thread.length;
  await models.appointments.updateOne(
    { _id: id, settledEntry: { $lt: settled } },
    { $set: { settledEntry: settled } },
  );
  await models.appointments.updateOne({ _id: id, version }, { $set: { unsettled: false } });
  return appointment;
}

/** Steps after which somebody else may have the time. */
const FREES: ReadonlySet<AppointmentStep> = new Set([
  ...(['move', 'displace', 'trial', 'cancel', 'decline', 'no-show'] as const),
]);
