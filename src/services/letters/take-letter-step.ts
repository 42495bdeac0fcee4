import type { Appointment } from '../../models/appointment.js';
import type { OfficialLetter } from '../../models/official-letter.js';
import { DomainError } from '../../shared/errors.js';
import { firstSettle } from '../escalations/settle-schedule.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { decideLetterStep, type LetterChange, type LetterText } from './decide-letter-step.js';
import type { LetterStep } from './letter-steps.js';
import { readableLetter } from './visible-to.js';

export interface TakeLetterStepInput {
  id: string;
  actor: Actor;
  step: LetterStep;
  /** Version that the page showed. */
  version: number;
  /** Why it goes back to the typist or is withdrawn. */
  remark?: string | undefined;
  /** For `edit`. */
  text?: LetterText | undefined;
  now: Date;
}

/** So often the write is tried when a step of the product comes in between. */
const ATTEMPTS = 5;

/** Steps that vouch for what the letter says. */
const VOUCHES: ReadonlySet<LetterStep> = new Set(['submit', 'initial', 'sign']);

/** What ends a conference before it takes place. */
const FALLEN: readonly Appointment['state'][] = ['cancelled', 'declined', 'no-show'];

/**
 * Takes a letter one step further, decided by one conditional write on its version (R-B4, R-B5). Consequences (number, papers,
 * mails) follow in `settleLetter`.
 * @throws DomainError not-found, not-allowed, letter-changed, step-not-possible, appointment-changed when it speaks of a time
 * that no longer holds, reason-missing, invalid-input
 */
export async function takeLetterStep(
  context: ServiceContext,
  { id, actor, step, version, remark = '', text, now }: TakeLetterStepInput,
): Promise<OfficialLetter> {
  const today = context.reference.calendar.dateOf(now);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { letter, reader } = await readableLetter(context, { id, actor });
    const who = { byId: actor.staffId, byName: actor.name, ...reader };
    const request = { step, version, remark: remark.trim(), text };
    const change = decideLetterStep(letter, request, who, { now, today });
    if (!change) return letter;
    if (VOUCHES.has(step)) await requireItsTime(context, letter);
    const after = await writeLetter(context, letter, change, now);
    if (after) return after;
  }
  throw new DomainError('conflict');
}

/** One conditional write; null when somebody else was faster. */
export async function writeLetter(
  { models, changes }: ServiceContext,
  { _id, version }: OfficialLetter,
  { entry, set }: LetterChange,
  now: Date,
): Promise<OfficialLetter | null> {
  const after = await models.officialLetters
    .findOneAndUpdate(
      { _id, version },
      {
        $set: { ...set, updatedAt: now, unsettled: true, nextSettleAt: firstSettle(now) },
        $push: { thread: entry },
      },
      { returnDocument: 'after' },
    )
    .lean();
  if (after) changes.publish({ topic: 'letter', id: _id });
  return after;
}

/** A move in the same moment is not seen here; `draftLetters` then makes another letter of it. */
async function requireItsTime(
  { models }: ServiceContext,
  { appointmentId, startsAt }: OfficialLetter,
): Promise<void> {
  const appointment = await models.appointments.findById(appointmentId, { state: 1, agreed: 1 }).lean();
  const holds = appointment?.agreed?.startsAt.getTime() === startsAt.getTime();
  if (!appointment || !holds || FALLEN.includes(appointment.state))
    throw new DomainError('appointment-changed');
}
