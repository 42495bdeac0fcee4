import type { OfficialLetter } from '../models/official-letter.js';
import type { Staff } from '../models/staff.js';
import { nextSettleTry } from '../services/escalations/settle-schedule.js';
import { settleLetterSteps } from '../services/letters/settle-letter.js';
import { takeLetterStep, type TakeLetterStepInput } from '../services/letters/take-letter-step.js';
import { formatDateTime } from '../shared/format-time.js';
import type { Engine } from './engine.js';
import { tellStaff } from './tell-staff.js';

/** How many letters one run takes up; the next run takes the rest. */
const BATCH = 50;

/** Takes a step and draws its consequences at once: whoever signs sees the number and the papers. */
export async function letterStepAndSettle(
  engine: Engine,
  input: TakeLetterStepInput,
): Promise<OfficialLetter> {
  const letter = await takeLetterStep(engine.services, input);
  await settleLetter(engine, letter._id, input.now);
  return letter;
}

/** Takes up what a crash or a failure left, and what the product itself did. */
export async function settleLetters(engine: Engine, now: Date): Promise<void> {
  const left = await engine.services.models.officialLetters
    .find({ unsettled: true, nextSettleAt: { $lte: now } }, { _id: 1 })
    .sort({ nextSettleAt: 1 })
    .limit(BATCH)
    .lean();
  for (const { _id } of left) await settleLetter(engine, _id, now);
}

/** When there is something to take up next. */
export async function nextLetterSettle({ services }: Engine): Promise<Date | undefined> {
  const next = await services.models.officialLetters
    .findOne({ unsettled: true }, { nextSettleAt: 1 })
    .sort({ nextSettleAt: 1 })
    .lean();
  return next?.nextSettleAt;
}

/** A failure is tried again by the job. */
async function settleLetter(engine: Engine, id: string, now: Date): Promise<void> {
  const { log, models } = engine.services;
  try {
    await settleLetterSteps(engine.services, id, (letter, members) => tellUnit(engine, letter, members), now);
  } catch (error) {
    const left = await models.officialLetters.findById(id, { updatedAt: 1, ticketNumber: 1 }).lean();
    log.error(
      { err: error, ticket: left?.ticketNumber ?? '' },
      'settling a letter failed; it is tried again',
    );
    const nextSettleAt = nextSettleTry(left?.updatedAt ?? now, now);
    await models.officialLetters.updateOne({ _id: id, unsettled: true }, { $set: { nextSettleAt } });
  }
}

/** R-B4: the unit hears of the letter to it, each in their own language. */
async function tellUnit(
  engine: Engine,
  { _id: id, number, subject, ticketNumber: ticket, startsAt }: OfficialLetter,
  members: readonly Staff[],
): Promise<void> {
  const { texts, publicUrl } = engine.services;
  for (const { _id: staffId, language } of members) {
    const text = texts.for(language)('letters:told', {
      ...{ number, subject, ticket, when: formatDateTime(startsAt, { language }) },
      url: `${publicUrl}/console/letters/signed/${id}`,
    });
    await tellStaff(engine, staffId, text, `letter:${id}:${staffId}`);
  }
}
