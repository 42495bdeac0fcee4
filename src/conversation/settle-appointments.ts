import type { Appointment, AppointmentEntry } from '../models/appointment.js';
import type { ConversationEvent } from '../models/message.js';
import type { Ticket } from '../models/ticket.js';
import { newsOf } from '../services/appointments/news-of.js';
import { sendConfirmation } from '../services/appointments/send-confirmation.js';
import { settleSteps } from '../services/appointments/settle-steps.js';
import { nextAppointmentLook, watchAppointments } from '../services/appointments/watch-appointments.js';
import { nextSettleTry } from '../services/escalations/settle-schedule.js';
import { draftLetters } from '../services/letters/draft-letters.js';
import { isOpen } from '../services/tickets/write-ticket.js';
import { DomainError } from '../shared/errors.js';
import { resolveAndTell } from './close-ticket.js';
import type { Engine } from './engine.js';
import { postEvent } from './post-event.js';
import { tellConsultant } from './tell-consultant.js';

/** How many appointments one run takes up; the next run takes the rest. */
const BATCH = 100;

/** Takes a step and draws its consequences at once. @throws what `change` throws */
export async function changeAndSettle(
  engine: Engine,
  change: () => Promise<Appointment>,
): Promise<Appointment> {
  const changed = await change();
  await settleAppointment(engine, changed._id, engine.clock.now());
  return changed;
}

/** Draws the consequences of what happened to one appointment; a failure is tried again by the job. */
export async function settleAppointment(engine: Engine, id: string, now: Date): Promise<void> {
  try {
    await settleSteps(engine.services, id, (...step) => follow(engine, now, ...step), now);
  } catch (error) {
    const { log, models } = engine.services;
    const left = await models.appointments.findById(id, { updatedAt: 1, ticketNumber: 1 }).lean();
    const ticket = left?.ticketNumber ?? '';
    log.error({ err: error, ticket }, 'settling an appointment failed; it is tried again');
    const nextSettleAt = nextSettleTry(left?.updatedAt ?? now, now);
    await models.appointments.updateOne({ _id: id, unsettled: true }, { $set: { nextSettleAt } });
  }
}

/** Takes up what was done in the chat, what happened of itself, and what a crash or a failure left. */
export async function settleAppointments(engine: Engine, now: Date): Promise<void> {
  const left = await engine.services.models.appointments
    .find({ unsettled: true, nextSettleAt: { $lte: now } }, { _id: 1 })
    .sort({ nextSettleAt: 1 })
    .limit(BATCH)
    .lean();
  for (const { _id } of left) await settleAppointment(engine, _id, now);
}

/** When there is something to take up next. */
export async function nextAppointmentSettle({ services }: Engine): Promise<Date | undefined> {
  const next = await services.models.appointments
    .findOne({ unsettled: true }, { nextSettleAt: 1 })
    .sort({ nextSettleAt: 1 })
    .lean();
  return next?.nextSettleAt;
}

/** Reminders, ends of holds and sessions, and what else happens of itself. */
export async function watchAndTell(engine: Engine, now: Date): Promise<void> {
  await watchAppointments(
    engine.services,
    (appointment, news, key) => post(engine, appointment, { news }, key),
    now,
  );
}

/** When something happens of itself next. */
export async function nextAppointmentWatch({ services, clock }: Engine): Promise<Date | undefined> {
  return nextAppointmentLook(services, clock.now());
}

/** In the order in which they need one another; each is made once. */
async function follow(
  engine: Engine,
  now: Date,
  ticket: Ticket,
  appointment: Appointment,
  entry: AppointmentEntry,
): Promise<void> {
  const { services } = engine;
  const files = await sendConfirmation(services, { ticket, appointment, entry, now });
  if (PLANS.has(entry.step)) await draftLetters(services, appointment, now);
  await tellConsultant(engine, appointment, entry);
  if (entry.step === 'report') await resolve(engine, now, ticket, appointment, entry);
  const news = newsOf(ticket, appointment, entry);
  if (news === null && files.length === 0) return;
  const event = { ...(news === null ? {} : { news }), ...(files.length > 0 ? { files } : {}) };
  await post(engine, appointment, event, `${appointment._id}:${entry.n}`);
}

/** After these the letters of a conference say something else (R-B4, R-B5). */
const PLANS: ReadonlySet<AppointmentEntry['step']> = new Set([
  ...(['book', 'move', 'displace', 'assign', 'trial', 'cancel', 'decline'] as const),
]);

/** What was reported is the answer, its writer the officer: the BAK is made, mailed and told as always (R-A6, R-B6). */
async function resolve(
  engine: Engine,
  now: Date,
  ticket: Ticket,
  { report }: Appointment,
  { byId, byName }: AppointmentEntry,
): Promise<void> {
  const { answer, legalBasis = [] } = report ?? {};
  if (answer === undefined || byId === null || !isOpen(ticket)) return;
  // Whoever has the ticket, and whatever else they are: the unit's report stands.
  const actor = { staffId: byId, name: byName, roles: ['supervisor'] };
  const { number } = ticket;
  try {
    await resolveAndTell(engine, { number, actor, answer, legalBasis, now });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    engine.services.log.warn({ ticket: number, code: error.code }, 'a report did not resolve its ticket');
  }
}

async function post(
  engine: Engine,
  { _id: appointmentId, ticketId, conversationId }: Appointment,
  event: Pick<ConversationEvent, 'news' | 'files'>,
  key: string,
): Promise<void> {
  const conversation = await engine.services.models.conversations
    .findById(conversationId, { channel: 1, account: 1 })
    .lean();
  if (!conversation) return;
  await postEvent(engine, conversation, { name: 'appointment', ticketId, appointmentId, ...event }, key);
}
