import type { FileReference } from '../../models/message.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { takeStep } from './take-step.js';

/** What a unit asked the user: an escalation, and the number of the entry in its thread. */
export interface AskedByUnit {
  escalationId: string;
  entry: number;
}

export interface UnitQuestion {
  ticketId: string;
  ticketNumber: string;
  unitName: string;
  text: string;
  files: FileReference[];
}

/** The question while the unit waits for its answer; undefined once it is answered or no longer wanted. */
export async function openUnitQuestion(
  { models }: ServiceContext,
  { escalationId, entry: n }: AskedByUnit,
): Promise<UnitQuestion | undefined> {
  const escalation = await models.escalations
    .findOne({ _id: escalationId, open: true, askedEntry: n })
    .lean();
  const asked = escalation?.thread.find((entry) => entry.n === n);
  if (!escalation || !asked) return undefined;
  const unit = await models.units.findById(asked.unitCode, { name: 1 }).lean();
  const { ticketId, ticketNumber } = escalation;
  const { text = '', files = [] } = asked;
  return { ticketId, ticketNumber, unitName: unit?.name ?? asked.unitCode, text, files };
}

interface AnswerUnitInput extends AskedByUnit {
  /** The user's. */
  name: string;
  text: string;
  files: FileReference[];
  /** The turn's: run again it is the same answer. */
  key: string;
  now: Date;
}

/** Hands the user's answer to the unit as one entry. @returns false when the unit does not wait for it any more */
export async function answerUnit(context: ServiceContext, input: AnswerUnitInput): Promise<boolean> {
  const { escalationId: id, entry: askedEntry, name: byName, text, files, key, now } = input;
  const step = { step: 'user-answer' as const, actor: null, version: askedEntry, askedEntry };
  try {
    await takeStep(context, { id, ...step, byName, text, files, key, now });
    return true;
  } catch (error) {
    if (error instanceof DomainError && NO_LONGER.has(error.code)) return false;
    throw error;
  }
}

const NO_LONGER: ReadonlySet<string> = new Set([
  ...['escalation-changed', 'escalation-closed', 'escalation-too-long', 'ticket-closed'],
]);
