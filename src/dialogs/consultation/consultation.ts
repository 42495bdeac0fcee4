import { defineDialog, LEFT, type Outcome, type Turn } from '../../conversation/dialog.js';
import type { IdentityResult } from '../identity/identity.js';
import { doubtingEmail } from '../identity/recognise-slot.js';
import { isKnown } from '../identity/slots.js';
import { toldBeside, withTold } from '../identity/told-facts.js';
import { keepPart } from '../keep-part.js';
import { writesLetters } from '../letter.js';
import { editParts, type QuestionPart } from '../question-part.js';
import { takeChange } from './change.js';
import { confirmKnown } from './confirm-known.js';
import { askIdentity } from './correct.js';
import type { ConsultationState, Draft } from './draft.js';
import { takeKnown } from './known.js';
import { ask, proceed } from './next-step.js';
import { askQuestion, questionPause } from './question.js';
import { takeDoubt, takeMore, takeReview } from './review.js';
import { showSummary, summaryPause } from './summary.js';
import { asksForTopics, takeTopic } from './take-topic.js';
import { listTopics } from './topic.js';

export interface ConsultationOptions {
  /** What was written before there was a place for it. */
  parts: readonly QuestionPart[];
  /** The words it was asked for with. */
  request?: string;
}

/** Identity, topic, question, summary, ticket (R-A1 to R-A3). */
export const consultation = defineDialog<ConsultationState, ConsultationOptions>({
  name: 'consultation',

  begin: (turn, options) => begin(turn, options),

  continue(turn, state, input) {
    switch (state.at) {
      case 'question':
        return takeMore(turn, state, input);
      case 'doubt':
        return takeDoubt(turn, state, input);
      case 'known':
        return takeKnown(turn, state, input);
      case 'topic':
      case 'suggested-topic':
        return takeTopic(turn, state, input);
      case 'summary':
        return takeReview(turn, state, input);
      case 'change':
        return takeChange(turn, state, input);
      case 'identity':
      case 'edit-identity':
        return askIdentity(state);
    }
  },

  resume(turn, state, result) {
    if (result === LEFT) return state.reviewed ? showSummary(turn, state) : leave(turn);
    const { profile, parts } = result as IdentityResult;
    turn.profile = profile;
    return proceed(turn, withParts(turn, { ...state, draft: { ...state.draft, profile } }, parts));
  },

  takeAlong: (turn, state, result) => withParts(turn, state, result as QuestionPart[]),

  reprompt(turn, state) {
    ask(turn, state);
  },

  back(turn, state) {
    if (state.at === 'doubt') return askQuestion(turn, state);
    if (state.at === 'change' || (state.reviewed && state.at !== 'summary')) return showSummary(turn, state);
    switch (state.at) {
      case 'summary':
        return askQuestion(turn, { ...state, reviewed: false });
      case 'question':
        return listTopics(turn, state);
      case 'topic':
      case 'suggested-topic':
        return confirmKnown(turn, state);
      default:
        return leave(turn);
    }
  },

  wakeAfter: (turn, state) => questionPause(turn, state) ?? summaryPause(turn, state),

  edited(state, edit) {
    const parts = editParts(state.draft.parts, edit);
    return parts && { ...state, draft: { ...state.draft, parts } };
  },

  expects: ({ at }, text) => (at === 'topic' || at === 'suggested-topic') && asksForTopics(text),

  freeText: (state) => state.at === 'question',
});

/** A returning contact only confirms; what came with the first words is not asked again. */
function begin(turn: Turn, { parts, request }: ConsultationOptions): Outcome {
  const letters = writesLetters(turn);
  const texts = parts.map((part) => (part.kind === 'text' ? part.text : ''));
  // Who wrote a letter was read with the consent; what a question mentions may be somebody else's.
  const said = letters ? [] : [...texts, request ?? ''];
  const told = said.map(toldBeside).reduce((all, facts) => ({ ...all, ...facts }), {});
  const profile = withTold(turn.profile, told);
  const draft: Draft = {
    ...{ id: turn.messageId, profile, topicCode: null, parts: [...parts] },
    ...(request === undefined ? {} : { request }),
  };
  if (isKnown(turn.profile) && isKnown(profile)) {
    const known: ConsultationState = { at: 'known', draft, reviewed: false };
    return letters ? proceed(turn, known) : confirmKnown(turn, known);
  }
  const answer = doubtingEmail(told);
  const state: ConsultationState = { at: 'identity', draft, reviewed: false };
  if (answer.kind === 'suggestion') {
    const { email: _, ...rest } = profile;
    return askIdentity({ ...state, draft: { ...draft, profile: rest } }, undefined, answer);
  }
  const kept = parts.length > 0;
  if (isKnown(profile)) turn.say(turn.t(kept ? 'consultation:introKnownKept' : 'consultation:introKnown'));
  else turn.say(turn.t(kept ? 'consultation:introKept' : 'consultation:intro'));
  return askIdentity(state);
}

function withParts(turn: Turn, state: ConsultationState, more: readonly QuestionPart[]): ConsultationState {
  const parts = more.reduce((kept, part) => keepPart(turn, kept, part) ?? kept, state.draft.parts);
  return { ...state, draft: { ...state.draft, parts } };
}

function leave(turn: Turn): Outcome {
  turn.say(turn.t('common:cancelled'));
  return { do: 'end', result: LEFT };
}
