import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { Escalation } from '../../models/escalation.js';
import type { FileReference } from '../../models/message.js';
import { isBooking, isVoice, type Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { countDeadline } from '../deadlines/count-deadline.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { claimTicket } from '../tickets/claim-ticket.js';
import { changeableBy, refuse } from '../tickets/write-ticket.js';
import { escalationFiles } from './escalation-files.js';
import { firstUnitNotice } from './notice-time.js';
import { firstSettle } from './settle-schedule.js';
import { requireActiveUnit } from './take-step.js';

export interface EscalateTicketInput {
  number: string;
  actor: Actor;
  /** Unit Eselon III; the topic's own unless given. */
  unitCode?: string | undefined;
  summary: string;
  /** The ticket's unless given. */
  question?: string | undefined;
  /** The ticket's files unless given. */
  fileIds?: readonly string[] | undefined;
  /** When the agent needs the answer; by R-A4 unless given. */
  dueAt?: Date | undefined;
  now: Date;
}

const MOST_SUMMARY = 4_000;
const MOST_QUESTION = 20_000;

/** Half a year: more is a slip of the pen. */
const LONGEST_MILLISECONDS = 183 * 86_400_000;

/**
 * R-A5: lays a ticket's question before a unit. Escalating what is nobody's claims it. Of two at once one is made.
 * @throws DomainError not-allowed, not-found, ticket-closed, ticket-not-yours, already-escalated, question-missing;
 * invalid-input (params: field) for an unknown unit, file or date
 */
export async function escalateTicket(
  context: ServiceContext,
  input: EscalateTicketInput,
): Promise<Escalation> {
  const { number, actor, now } = input;
  requireRole(actor, 'agent', 'supervisor');
  const found = await context.models.tickets.findOne(changeableBy(actor, number)).lean();
  const ticket = found ?? (await refuse(context, { number, actor }, 'ticket-not-yours'));
  // A desk is read by a whole unit: by whom a complaint may be about, too (R-A8).
  if (isVoice(ticket.kind) || isBooking(ticket.kind)) throw new DomainError('not-allowed');
  const unitCode = input.unitCode ?? ticket.unitCode;
  await requireActiveUnit(context, unitCode, 'unitCode');
  const summary = input.summary.trim();
  const question = (input.question ?? ticket.question).trim();
  if (question === '') throw new DomainError('question-missing', { field: 'question' });
  if (summary.length > MOST_SUMMARY || question.length > MOST_QUESTION)
    throw new DomainError('message-too-long');
  const files =
    input.fileIds === undefined ? ticket.attachments : await escalationFiles(context, input.fileIds);
  const ownDue = escalatedDue(context, ticket, now);
  const dueAt = input.dueAt ?? ownDue;
  const dueFollowsTicket = dueAt.getTime() === ownDue.getTime();
  const distance = dueAt.getTime() - now.getTime();
  if (input.dueAt !== undefined && (distance <= 0 || distance > LONGEST_MILLISECONDS)) {
    throw new DomainError('invalid-input', { field: 'dueAt' });
  }
  const sender = { byId: actor.staffId, byName: actor.name };
  const due = { dueAt, dueFollowsTicket };
  const made = await insert(context, ticket, { unitCode, summary, question, files, ...due, sender }, now);
  if (!made) throw new DomainError('already-escalated');
  if (ticket.assigneeId === null) await claimIfFree(context, { number, actor, now });
  return made;
}

/** What somebody else took in the same moment stays theirs; it is escalated all the same. */
async function claimIfFree(context: ServiceContext, claim: Parameters<typeof claimTicket>[1]): Promise<void> {
  try {
    await claimTicket(context, claim);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

/**
 * Where the topic's data says so a new ticket goes to its unit without an agent; once, however often it is asked for.
 * @returns undefined when it was escalated before, or the unit works no more: then it is the agents'
 */
export async function escalateByItself(
  context: ServiceContext,
  ticket: Ticket,
  now: Date,
): Promise<Escalation | undefined> {
  const { unitCode, question, attachments: files } = ticket;
  if (!(await context.models.units.exists({ _id: unitCode, active: true }))) return undefined;
  const due = { dueAt: escalatedDue(context, ticket, now), dueFollowsTicket: true };
  const sender = { byId: null, byName: 'Dering' };
  return insert(context, ticket, { unitCode, summary: '', question, files, ...due, sender }, now);
}

/** R-A4: 3 working days from the question, less what the user was waited for; of a missed date the one promised anew (R-E2). */
export function escalatedDue({ reference }: ServiceContext, ticket: Ticket, now: Date): Date {
  const escalatedAt = ticket.escalatedAt ?? now;
  return countDeadline(reference, { ...ticket, escalatedAt }, now).promisedAt;
}

interface Asked {
  unitCode: string;
  summary: string;
  question: string;
  files: FileReference[];
  dueAt: Date;
  dueFollowsTicket: boolean;
  sender: { byId: string | null; byName: string };
}

async function insert(
  { models, newId, reference, changes }: ServiceContext,
  ticket: Ticket,
  { unitCode, sender, ...asked }: Asked,
  now: Date,
): Promise<Escalation | undefined> {
  const words = asked.summary === '' ? {} : { text: asked.summary };
  const first = { n: 1, step: 'escalate' as const, at: now, ...sender, unitCode, ...words };
  const escalation: Escalation = {
    ...{ _id: newId(), ticketId: ticket._id, ticketNumber: ticket.number, unitCode, ...asked },
    ...{ state: 'sent', open: true, sentAt: now, sentById: sender.byId, sentByName: sender.byName },
    ...{ assigneeId: null, assigneeName: null, answer: null, askedEntry: null },
    ...{ thread: [first], version: 1, updatedAt: now },
    ...{ settledVersion: 0, unsettled: true, nextSettleAt: sender.byId === null ? now : firstSettle(now) },
    ...{ reminders: 0, nextNoticeAt: firstUnitNotice(reference.calendar, { state: 'sent', ...asked }, now) },
    ...{ card: null, nextCardAt: now },
    openingKey: sender.byId === null ? ticket._id : null,
  };
  try {
    await models.escalations.create(escalation);
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
  changes.publish({ topic: 'escalation', id: escalation._id });
  return escalation;
}
