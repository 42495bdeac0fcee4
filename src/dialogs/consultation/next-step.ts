import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { asksSomething } from '../asks-something.js';
import { askToPick } from '../count-miss.js';
import { explainRefusal } from '../explain-refusal.js';
import { keepPart } from '../keep-part.js';
import { writesLetters } from '../letter.js';
import { toPart } from '../question-part.js';
import type { ConsultationState } from './draft.js';
import { confirmKnown } from './confirm-known.js';
import { askDoubt, askQuestion, finishLetter } from './question.js';
import { askChange, showSummary } from './summary.js';
import { askTopic, listTopics } from './topic.js';

/** Asks whatever is open at this point. */
export function ask(turn: Turn, state: ConsultationState): Outcome {
  switch (state.at) {
    case 'known':
      return confirmKnown(turn, state);
    case 'topic':
      return listTopics(turn, state);
    case 'suggested-topic':
      return askTopic(turn, { ...state, at: 'topic' });
    case 'question':
      return askQuestion(turn, state);
    case 'doubt':
      return askDoubt(turn, state);
    case 'change':
      return askChange(turn, state);
    case 'summary':
      return showSummary(turn, state);
    case 'identity':
    case 'edit-identity':
      return { do: 'wait', state };
  }
}

/** The next thing that is missing; the summary when nothing is. */
export function proceed(turn: Turn, state: ConsultationState): Outcome {
  if (state.reviewed) return showSummary(turn, state);
  if (writesLetters(turn)) return finishLetter(turn, state);
  return state.draft.topicCode === null
    ? askTopic(turn, { ...state, at: 'topic' })
    : askQuestion(turn, state);
}

export function chooseTopic(turn: Turn, state: ConsultationState, topicCode: string): Outcome {
  if (!turn.services.reference.topics.some(({ _id }) => _id === topicCode)) return listTopics(turn, state);
  const { suggestion: _, ...rest } = state;
  return proceed(turn, { ...rest, at: 'question', draft: { ...state.draft, topicCode } });
}

/** A file, or a question, that comes while something else is asked goes with the question. */
export function keep(turn: Turn, state: ConsultationState, input: Input): Outcome | undefined {
  if (explainRefusal(turn, input)) return ask(turn, state);
  const question = input.kind === 'text' && asksSomething(input.text);
  if (input.kind !== 'file' && !question) return undefined;
  const parts = keepPart(turn, state.draft.parts, toPart(input));
  if (parts) turn.say(turn.t(question ? 'identity:questionKept' : 'identity:fileKept'));
  return ask(turn, { ...state, draft: { ...state.draft, parts: parts ?? state.draft.parts } });
}

export function missed(turn: Turn, state: ConsultationState): Outcome {
  return askToPick(turn, state, ask);
}
