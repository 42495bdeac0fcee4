import type { Ticket } from '../models/ticket.js';
import type { Actor, ServiceContext } from '../services/service-context.js';
import { withdrawForTicket } from '../services/escalations/settle-steps.js';
import { queueMinutesMail } from '../services/mail/minutes-mail.js';
import { issueMinutes } from '../services/minutes/issue-minutes.js';
import { closeTicket } from '../services/tickets/close-ticket.js';
import { nextClosingTry } from '../services/tickets/closing-schedule.js';
import { finishClosing } from '../services/tickets/finish-closing.js';
import { ticketChange } from '../services/tickets/ticket-change.js';
import { resolveTicket } from '../services/tickets/resolve-ticket.js';
import type { Engine } from './engine.js';
import { postEvent } from './post-event.js';

/**
 * Answers a ticket for good: the answer is recorded, then the BAK is made, mailed and told to the user with the question for a
 * rating (R-A6). What follows the record is swept up by `finishClosings` when the process dies in between.
 * @throws DomainError ticket-closed, ticket-not-yours, answer-missing, question-missing
 */
export async function resolveAndTell(
  engine: Engine,
  input: Parameters<typeof resolveTicket>[1],
): Promise<Ticket> {
  const ticket = await resolveTicket(engine.services, input);
  return finishOrPostpone(engine, ticket, input.now);
}

/** Ends a ticket without an answer and tells the user why. */
export async function closeAndTell(
  engine: Engine,
  input: { number: string; actor: Actor; reason: string; now: Date },
): Promise<Ticket> {
  const ticket = await closeTicket(engine.services, input);
  return finishOrPostpone(engine, ticket, input.now);
}

/** How many closings one run takes up; the next run takes the rest. */
const BATCH = 50;

/** Finishes tickets whose closing was interrupted or failed. */
export async function finishClosings(engine: Engine, now: Date): Promise<void> {
  const pending = await engine.services.models.tickets
    .find({ closingPending: true, nextClosingAt: { $lte: now } })
    .sort({ nextClosingAt: 1 })
    .limit(BATCH)
    .lean();
  for (const ticket of pending) await finishOrPostpone(engine, ticket, now);
}

/** When an interrupted closing may be taken up. */
export async function nextClosing(engine: Engine): Promise<Date | undefined> {
  const next = await engine.services.models.tickets
    .findOne({ closingPending: true }, { nextClosingAt: 1 })
    .sort({ nextClosingAt: 1 })
    .lean();
  return next?.nextClosingAt ?? undefined;
}

/** The decision stands even when what follows fails: a full disk is no reason to answer a second time. */
async function finishOrPostpone(engine: Engine, ticket: Ticket, now: Date): Promise<Ticket> {
  try {
    return await finish(engine, ticket, now);
  } catch (error) {
    const { log, models } = engine.services;
    log.error({ err: error, ticket: ticket.number }, 'closing a ticket failed; it is tried again');
    await models.tickets.updateOne(
      { _id: ticket._id, closingPending: true },
      { $set: { nextClosingAt: nextClosingTry(ticket, now) } },
    );
    return ticket;
  }
}

/** Every step is made once however often this runs. */
async function finish(engine: Engine, ticket: Ticket, now: Date): Promise<Ticket> {
  const { services } = engine;
  await giveBack(services, ticket);
  if (ticket.escalation) await withdrawForTicket(services, ticket._id, engine.clock.now());
  if (ticket.status === 'resolved') {
    const { minutes, file } = await issueMinutes(services, { ticketId: ticket._id, now });
    await queueMinutesMail(services, { ticket, minutes, file, now });
  }
  const conversation = await services.models.conversations
    .findById(ticket.conversationId, { channel: 1, account: 1 })
    .lean();
  const name = ticket.status === 'resolved' ? 'ticket-resolved' : 'ticket-closed';
  if (conversation) await postEvent(engine, conversation, { name, ticketId: ticket._id }, ticket._id);
  const finished = await finishClosing(services, { ticketId: ticket._id });
  services.changes.publish(ticketChange(finished));
  return finished;
}

/** The bot speaks again once the ticket is done. */
async function giveBack(services: ServiceContext, ticket: Ticket): Promise<void> {
  const given = { holder: 'bot', holderId: null, holderName: null };
  await services.models.conversations.updateOne(
    { _id: ticket.conversationId, openTicketId: ticket._id, holder: 'staff' },
    { $set: given, $inc: { version: 1 } },
  );
}
