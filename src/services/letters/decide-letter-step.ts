import type { LetterEntry, OfficialLetter, Post } from '../../models/official-letter.js';
import { DomainError } from '../../shared/errors.js';
import { mayTake, standingsOf, type LetterStep } from './letter-steps.js';

/** What a typist may write. */
export interface LetterText {
  addressees: string[];
  copies: string[];
  subject: string;
  body: string;
}

export interface LetterStepRequest {
  step: LetterStep;
  /** Version that was seen. */
  version: number;
  /** Why it goes back or is withdrawn. */
  remark: string;
  /** For `edit`. */
  text: LetterText | undefined;
}

export interface LetterActor {
  byId: string;
  byName: string;
  post: Post | null;
  supervises: boolean;
}

export interface LetterChange {
  entry: LetterEntry;
  set: Partial<OfficialLetter>;
}

/** Bounds the stored document; what brings a letter to its end stays possible. */
const MOST_ENTRIES = 200;

/**
 * Decides a step over a letter. Pure: the write that follows holds for exactly this `before`.
 * @param today yyyy-MM-dd in WIB
 * @returns undefined when the same person has just done it
 * @throws DomainError letter-changed (params: step, name, what happened instead), not-allowed, step-not-possible,
 * reason-missing, invalid-input
 */
export function decideLetterStep(
  before: OfficialLetter,
  request: LetterStepRequest,
  who: LetterActor,
  { now, today }: { now: Date; today: string },
): LetterChange | undefined {
  const { step, remark } = request;
  const { byId, byName, post } = who;
  if (isRepeated(before, request, byId)) return undefined;
  requireSeen(before, request);
  if (!mayTake(step, before.state, standingsOf(before, who))) {
    throw new DomainError(before.turn === null ? 'step-not-possible' : 'not-allowed');
  }
  const ends = step === 'initial' || step === 'sign' || step === 'withdraw';
  if (before.thread.length >= MOST_ENTRIES && !ends) throw new DomainError('step-not-possible');
  const saysWhy = step === 'return' || step === 'withdraw';
  if (saysWhy && remark === '') throw new DomainError('reason-missing');
  const entry: LetterEntry = {
    ...{ n: before.version + 1, step, at: now, byId, byName, post },
    ...(saysWhy ? { remark } : {}),
  };
  return { entry, set: { ...effectOf(before, request, today), version: entry.n } };
}

/** The answer to the first press was lost, and it was pressed again. */
function isRepeated({ thread, version }: OfficialLetter, request: LetterStepRequest, byId: string): boolean {
  const latest = thread.at(-1);
  const { step } = request;
  return step !== 'edit' && latest?.step === step && latest.byId === byId && request.version === version - 1;
}

function requireSeen({ thread, version }: OfficialLetter, request: LetterStepRequest): void {
  if (request.version === version) return;
  const latest = thread.at(-1);
  throw new DomainError('letter-changed', { step: latest?.step ?? '', name: latest?.byName ?? '' });
}

function effectOf(
  { route, station }: OfficialLetter,
  { step, text }: LetterStepRequest,
  today: string,
): Partial<OfficialLetter> {
  switch (step) {
    case 'edit':
      if (!text) throw new DomainError('invalid-input', { field: 'body' });
      return text;
    case 'submit':
    case 'initial':
      return { state: 'circulating', station: station + 1, turn: route[station + 1]?.post ?? null };
    case 'sign':
      return { state: 'signed', turn: null, date: today };
    case 'return':
      return { state: 'draft', station: 0, turn: route[0]?.post ?? null };
    case 'withdraw':
      return { state: 'withdrawn', turn: null, open: false };
  }
}
