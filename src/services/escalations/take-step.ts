import type { Escalation } from '../../models/escalation.js';
import type { FileReference } from '../../models/message.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { isOpen } from '../tickets/write-ticket.js';
import { decideStep, type StepChange, type StepRequest } from './decide-step.js';
import { escalationFiles } from './escalation-files.js';
import { firstUnitNotice } from './notice-time.js';
import { firstSettle } from './settle-schedule.js';
import { standingOf } from './standing.js';
import type { LaterStep } from './steps.js';

export interface TakeStepInput {
  id: string;
  /** Null: the product itself (the bot in the user's name, the end of a ticket). */
  actor: Actor | null;
  step: LaterStep;
  /** Version that the card or page showed. */
  version: number;
  /** Answer, question to the user, reason, remarks. For `approve` the edited answer; left out: as submitted. */
  text?: string | undefined;
  /** Regulations the answer rests on, one per entry. */
  legalBasis?: readonly string[] | undefined;
  fileIds?: readonly string[] | undefined;
  /** Already stored files, e.g. of the user's messages; after those of `fileIds`. */
  files?: readonly FileReference[] | undefined;
  toUnitCode?: string | undefined;
  /** The same step under the same key is one step. */
  key?: string | undefined;
  /** For `user-answer`: number of the question that is answered. */
  askedEntry?: number | undefined;
  /** In whose name the product acts. */
  byName?: string | undefined;
  now: Date;
}

/** Lost races are repeated: each one means that somebody else got a step further, and steps are bounded. */
const ATTEMPTS = 50;

const MOST_TEXT = 20_000;
const MOST_BASES = 20;
const MOST_FILES = 100;

/**
 * Takes an escalation one step further, decided by one conditional write on its version (R-A5). Consequences follow in
 * `settleEscalation`.
 * @throws DomainError not-found, not-allowed, own-answer, ticket-closed, escalation-changed, escalation-closed,
 * escalation-too-long, answer-missing, invalid-input; conflict when it keeps changing
 */
export async function takeStep(context: ServiceContext, input: TakeStepInput): Promise<Escalation> {
  const { id, actor, step, now } = input;
  const request = await checkRequest(context, input);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await context.models.escalations.findById(id).lean();
    if (!before) throw new DomainError('not-found');
    const ticket = await context.models.tickets.findById(before.ticketId).lean();
    const standing = await standingOf(context, actor, before, ticket, now);
    const byName = actor?.name ?? input.byName ?? 'Dering';
    const who = { ...standing, byId: actor?.staffId ?? null, byName };
    const change = decideStep(before, request, who, now);
    if (!change) return before;
    if (step !== 'withdraw' && (!ticket || !isOpen(ticket))) throw new DomainError('ticket-closed');
    // Nobody settles what is done within a turn: the job does.
    const nextSettleAt = actor ? firstSettle(now) : now;
    const after = await write(context, before, change, nextSettleAt, now);
    if (after) return after;
  }
  throw new DomainError('conflict');
}

async function write(
  { models, reference, changes }: ServiceContext,
  before: Escalation,
  { entry, set }: StepChange,
  nextSettleAt: Date,
  now: Date,
): Promise<Escalation | null> {
  const after = await models.escalations
    .findOneAndUpdate(
      { _id: before._id, version: before.version },
      {
        $set: {
          ...set,
          ...{ version: entry.n, updatedAt: now, unsettled: true, nextSettleAt },
          ...{ reminders: 0, nextCardAt: now },
          nextNoticeAt: firstUnitNotice(reference.calendar, { ...before, ...set }, now),
        },
        $push: { thread: entry },
      },
      { returnDocument: 'after' },
    )
    .lean();
  if (after) changes.publish({ topic: 'escalation', id: after._id });
  return after;
}

async function checkRequest(context: ServiceContext, input: TakeStepInput): Promise<StepRequest> {
  const { step, version, key, askedEntry, toUnitCode } = input;
  const text = input.text?.trim() ?? '';
  if (text.length > MOST_TEXT) throw new DomainError('message-too-long');
  const legalBasis = input.legalBasis?.map((basis) => basis.trim()).filter((basis) => basis !== '');
  if ((legalBasis?.length ?? 0) > MOST_BASES || legalBasis?.some((basis) => basis.length > 500)) {
    throw new DomainError('invalid-input', { field: 'legalBasis' });
  }
  const files = [...(await escalationFiles(context, input.fileIds ?? [])), ...(input.files ?? [])];
  if (files.length > MOST_FILES) throw new DomainError('invalid-input', { field: 'fileIds' });
  if (step === 'pass-on') await requireActiveUnit(context, toUnitCode ?? '', 'toUnitCode');
  return { step, version, text, legalBasis, files, toUnitCode, key, askedEntry };
}

/** @throws DomainError invalid-input naming the field */
export async function requireActiveUnit(
  { models }: ServiceContext,
  code: string,
  field: 'unitCode' | 'toUnitCode',
): Promise<void> {
  const unit = await models.units.exists({ _id: code, active: true });
  if (!unit) throw new DomainError('invalid-input', { field });
}
