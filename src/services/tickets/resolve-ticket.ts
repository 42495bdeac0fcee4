import type { FileReference } from '../../models/message.js';
import type { Filter } from '../../models/query.js';
import { BOOKING_KINDS, isBooking, isVoice, VOICE_KINDS, type Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { hasRole, requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { firstClosingCheck } from './closing-schedule.js';
import { recordEnding } from './record-ending.js';
import { changeableBy, refuse, writeTicket } from './write-ticket.js';

interface ResolveTicketInput {
  number: string;
  actor: Actor;
  answer: string;
  /** Regulations the answer rests on, one per entry. */
  legalBasis: readonly string[];
  /** The files of the unit's approved answer go to the user as well. */
  withUnitFiles?: boolean | undefined;
  now: Date;
}

/**
 * R-A6: answers the question. The ticket then waits (`closingPending`) for its BAK to be made, mailed and told to the
 * user. Resolving what is nobody's claims it.
 * @throws DomainError not-allowed, not-found, answer-missing, ticket-closed, ticket-not-yours; step-not-possible for a booking
 * that is not reported (`reportAppointment`); question-missing (params: field) while nothing was asked or nobody knows by whom:
 * a BAK states both
 */
export async function resolveTicket(context: ServiceContext, input: ResolveTicketInput): Promise<Ticket> {
  const { number, actor, now } = input;
  requireRole(actor, 'agent', 'supervisor');
  const answer = input.answer.trim();
  if (answer === '') throw new DomainError('answer-missing');
  const set = {
    ...{
      status: 'resolved',
      answer,
      legalBasis: input.legalBasis.map((item) => item.trim()).filter(Boolean),
      answerFiles: input.withUnitFiles ? await approvedFiles(context, number) : [],
    },
    ...{ resolvedAt: now, resolvedById: actor.staffId, updatedAt: now, unread: 0 },
    ...{ closingPending: true, nextClosingAt: firstClosingCheck(now) },
  };
  const claim = { assigneeId: actor.staffId, assigneeName: actor.name };
  const changeable = { ...changeableBy(actor, number), ...COMPLETE, ...REPORTED };
  const resolved =
    (await writeTicket(
      context,
      { ...changeable, assigneeId: { $in: [null, actor.staffId] } },
      { $set: { ...set, ...claim } },
    )) ??
    (hasRole(actor, 'supervisor') ? await writeTicket(context, changeable, { $set: set }) : null) ??
    (await refuseToResolve(context, number, actor));
  await recordEnding(context, resolved, actor);
  return resolved;
}

/** Of the latest approval, and of nothing else: no file gets to a user because somebody knows its id (R-E3). */
async function approvedFiles({ models }: ServiceContext, number: string): Promise<FileReference[]> {
  const ticket = await models.tickets.findOne({ number }, { _id: 1 }).lean();
  const approved = await models.escalations
    .findOne({ ticketId: ticket?._id ?? '', state: 'approved' }, { answer: 1 })
    .sort({ _id: -1 })
    .lean();
  return approved?.answer?.files ?? [];
}

/** What a BAK cannot do without, as a condition on the write; a closing letter needs no name (R-A8). */
const NAMED = { 'profile.name': /\S/ };
const COMPLETE = { question: /\S/, $or: [NAMED, { kind: { $in: [...VOICE_KINDS] } }] };

/** R-B6, R-C9: what is booked ends with the report of what took place. */
const REPORTED: Filter<Ticket> = {
  $nor: [{ kind: { $in: [...BOOKING_KINDS] }, 'appointment.state': { $ne: 'done' } }],
};

async function refuseToResolve(context: ServiceContext, number: string, actor: Actor): Promise<never> {
  const incomplete = await context.models.tickets.findOne(changeableBy(actor, number)).lean();
  if (incomplete && !COMPLETE.question.test(incomplete.question)) {
    throw new DomainError('question-missing', { field: 'question' });
  }
  if (incomplete && !isVoice(incomplete.kind) && !NAMED['profile.name'].test(incomplete.profile.name ?? '')) {
    throw new DomainError('question-missing', { field: 'profile.name' });
  }
  if (incomplete && isBooking(incomplete.kind) && incomplete.appointment?.state !== 'done') {
    throw new DomainError('step-not-possible');
  }
  return refuse(context, { number, actor }, 'ticket-not-yours');
}
