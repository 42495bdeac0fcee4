import type {
  Escalation,
  EscalationAnswer,
  EscalationEntry,
  OpenEscalationState,
} from '../../models/escalation.js';
import type { FileReference } from '../../models/message.js';
import { DomainError } from '../../shared/errors.js';
import type { StandingNow } from './standing.js';
import { DECIDES_ON_ANSWER, isTooLong, mayEver, mayFrom, type LaterStep } from './steps.js';

/** A step as somebody asks for it, with its texts and files checked. */
export interface StepRequest {
  step: LaterStep;
  /** Version of the escalation that was seen. */
  version: number;
  /** Answer, question, reason or remark; '' for none. */
  text: string;
  /** Undefined: as they are. */
  legalBasis: string[] | undefined;
  files: FileReference[];
  toUnitCode: string | undefined;
  key: string | undefined;
  /** Number of the question that the user answers; undefined: whichever is open. */
  askedEntry: number | undefined;
}

export interface Who extends StandingNow {
  byId: string | null;
  byName: string;
}

/** What the one write of a step changes. */
export interface StepChange {
  entry: EscalationEntry;
  set: Partial<Escalation>;
}

/**
 * Decides a step over an open or closed escalation. Pure: the write that follows holds for exactly this `before`.
 * @returns undefined when it has already happened: one's own claim, or a step under the same key
 * @throws DomainError not-allowed, own-answer, escalation-changed and escalation-closed (params: step, name, what happened
 * instead), escalation-too-long; answer-missing, invalid-input (params: field) for what the step lacks
 */
export function decideStep(
  before: Escalation,
  request: StepRequest,
  who: Who,
  now: Date,
): StepChange | undefined {
  const { step, key } = request;
  if (key !== undefined && before.thread.some((entry) => entry.key === key)) return undefined;
  const isTheirs = before.open && before.assigneeId === who.byId;
  if (step === 'claim' && isTheirs && mayEver(step, who.standings)) return undefined;
  refuse(before, request, who);
  checkWords(request, before);
  const { text, legalBasis } = step === 'approve' ? whatWasEdited(request, before.answer) : request;
  const entry: EscalationEntry = {
    ...{ n: before.version + 1, step, at: now, byId: who.byId, byName: who.byName },
    unitCode: before.unitCode,
    ...(text === '' ? {} : { text }),
    ...(legalBasis === undefined ? {} : { legalBasis }),
    ...(request.files.length === 0 ? {} : { files: request.files }),
    ...(request.toUnitCode === undefined ? {} : { toUnitCode: request.toUnitCode }),
    ...(key === undefined ? {} : { key }),
  };
  return { entry, set: EFFECTS[step](before, entry) };
}

/** The thread keeps both, the answer and what the head made of it. */
function whatWasEdited(
  { text, legalBasis }: StepRequest,
  answer: EscalationAnswer | null,
): Pick<StepRequest, 'text' | 'legalBasis'> {
  const sameBasis = legalBasis?.join('\n') === answer?.legalBasis.join('\n');
  return { text: text === answer?.text ? '' : text, legalBasis: sameBasis ? undefined : legalBasis };
}

/** Says what stands against it, and what happened instead where somebody was quicker. */
function refuse(before: Escalation, request: StepRequest, who: Who): void {
  const { step, version } = request;
  const { standings, hadIt, byId } = who;
  const latest = before.thread.at(-1);
  const happened = { step: latest?.step ?? '', name: latest?.byName ?? '' };
  if (!mayEver(step, standings)) {
    // An old card of a unit that has passed it on.
    if (hadIt && version < before.version) throw new DomainError('escalation-changed', happened);
    throw new DomainError('not-allowed');
  }
  if (!before.open) throw new DomainError('escalation-closed', happened);
  const possible = mayFrom(step, before.state as OpenEscalationState, standings);
  if (!possible || isStale(before, request)) throw new DomainError('escalation-changed', happened);
  if (DECIDES_ON_ANSWER.has(step) && !standings.has('head') && before.answer?.byId === byId) {
    throw new DomainError('own-answer');
  }
  if (isTooLong(step, before.version)) throw new DomainError('escalation-too-long');
}

/** What was seen is not what is there: another answer lies there, or another question is open. */
function isStale(before: Escalation, { step, version, askedEntry }: StepRequest): boolean {
  if (step === 'user-answer') {
    return before.askedEntry === null || (askedEntry ?? before.askedEntry) !== before.askedEntry;
  }
  return DECIDES_ON_ANSWER.has(step) && version !== before.version;
}

function checkWords({ step, text, files, toUnitCode }: StepRequest, before: Escalation): void {
  if (step === 'answer' && text === '') throw new DomainError('answer-missing');
  if (step === 'user-answer' && text === '' && files.length === 0) throw new DomainError('answer-missing');
  const needsText = step === 'ask-user' || step === 'decline' || step === 'return';
  if (needsText && text === '') throw new DomainError('invalid-input', { field: 'text' });
  const elsewhere = toUnitCode !== undefined && (toUnitCode !== before.unitCode || before.state !== 'sent');
  if (step === 'pass-on' && !elsewhere) throw new DomainError('invalid-input', { field: 'toUnitCode' });
}

type Effect = (before: Escalation, entry: EscalationEntry) => Partial<Escalation>;

const EFFECTS: Readonly<Record<LaterStep, Effect>> = {
  claim: (before, { byId, byName }) => ({
    state: before.state === 'sent' ? 'claimed' : before.state,
    ...{ assigneeId: byId, assigneeName: byName },
  }),
  answer: (before, entry) => ({
    state: 'submitted',
    answer: answerOf(entry),
    ...assigned(before, entry),
  }),
  'ask-user': (before, entry) => ({ state: 'asking', askedEntry: entry.n, ...assigned(before, entry) }),
  'user-answer': ({ state }) => ({ state: state === 'asking' ? 'claimed' : state, askedEntry: null }),
  'pass-on': (before, { toUnitCode }) => ({
    ...{ state: 'sent', unitCode: toUnitCode ?? before.unitCode },
    ...{ assigneeId: null, assigneeName: null, answer: null },
  }),
  decline: () => ({ state: 'declined', open: false, askedEntry: null }),
  approve: ({ answer }, { text, legalBasis }) => ({
    ...{ state: 'approved', open: false, askedEntry: null },
    answer: answer && {
      ...answer,
      ...(text === undefined ? {} : { text }),
      ...(legalBasis === undefined ? {} : { legalBasis }),
    },
  }),
  return: () => ({ state: 'claimed' }),
  withdraw: () => ({ state: 'withdrawn', open: false, askedEntry: null }),
};

function answerOf({
  text = '',
  legalBasis = [],
  files = [],
  byId,
  byName,
  at,
}: EscalationEntry): EscalationAnswer {
  return { text, legalBasis, files, byId: byId ?? '', byName, at };
}

/** Whoever works on what is nobody's has it from then on. */
function assigned(
  { assigneeId, assigneeName }: Escalation,
  { byId, byName }: EscalationEntry,
): Pick<Escalation, 'assigneeId' | 'assigneeName'> {
  return assigneeId === null ? { assigneeId: byId, assigneeName: byName } : { assigneeId, assigneeName };
}
