import { defineDialog, LEFT, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { countMiss } from '../count-miss.js';
import { explainRefusal } from '../explain-refusal.js';
import type { IdentityOptions, IdentityResult } from '../identity/identity.js';
import { recogniseCorrection, type SlotCorrection } from '../identity/recognise-correction.js';
import { identityLines, isKnown, mentionedSlot, type Slot } from '../identity/slots.js';
import { keepPart } from '../keep-part.js';
import { writesLetters } from '../letter.js';
import { toPart, type QuestionPart } from '../question-part.js';
import type { ConsultationState } from './draft.js';
import { askQuestion, asksToSend, finishLetter, questionPause, takeQuestion } from './question.js';
import { askChange, remind, showSummary, submit, summaryChoices, summaryPause } from './summary.js';
import { askTopic, listTopics, topicInWords } from './topic.js';

/** Identity, topic, question, summary, ticket (R-A1 to R-A3). */
export const consultation = defineDialog<ConsultationState, { parts: QuestionPart[] }>({
  name: 'consultation',

  begin(turn, { parts }) {
    const draft = {
      id: turn.messageId,
      profile: turn.profile,
      topicCode: null,
      parts: [...parts],
    };
    if (isKnown(turn.profile)) {
      const known: ConsultationState = { at: 'known', draft, reviewed: false };
      return writesLetters(turn) ? proceed(turn, known) : confirmKnown(turn, known);
    }
    turn.say(turn.t(parts.length > 0 ? 'consultation:introKept' : 'consultation:intro'));
    return askIdentity({ at: 'identity', draft, reviewed: false });
  },

  continue(turn, state, input) {
    switch (state.at) {
      case 'question':
        return takeMore(turn, state, input);
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
    const { profile, parts: sent } = result as IdentityResult;
    const parts = sent.reduce((kept, part) => keepPart(turn, kept, part) ?? kept, state.draft.parts);
    const draft = { ...state.draft, profile, parts };
    return proceed(turn, { ...state, draft });
  },

  reprompt(turn, state) {
    ask(turn, state);
  },

  back(turn, state) {
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

  freeText: (state) => state.at === 'question' || state.at === 'summary',
});

/** Asks whatever is open at this point. */
function ask(turn: Turn, state: ConsultationState): Outcome {
  switch (state.at) {
    case 'known':
      return confirmKnown(turn, state);
    case 'topic':
      return listTopics(turn, state);
    case 'suggested-topic':
      return askTopic(turn, { ...state, at: 'topic' });
    case 'question':
      return askQuestion(turn, state);
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
function proceed(turn: Turn, state: ConsultationState): Outcome {
  if (state.reviewed) return showSummary(turn, state);
  if (writesLetters(turn)) return finishLetter(turn, state);
  return state.draft.topicCode === null
    ? askTopic(turn, { ...state, at: 'topic' })
    : askQuestion(turn, state);
}

function askIdentity(state: ConsultationState, only?: Slot, answer?: SlotCorrection['answer']): Outcome {
  const options: IdentityOptions = {
    profile: state.draft.profile,
    ...(only ? { only } : {}),
    ...(answer ? { answer } : {}),
  };
  return { do: 'begin', dialog: 'identity', options, state };
}

/** A returning contact only confirms. */
function confirmKnown(turn: Turn, state: ConsultationState): Outcome {
  turn.say(turn.t('consultation:known', { identity: identityLines(turn, state.draft.profile) }), {
    choices: [
      { id: 'right', title: turn.t('consultation:knownRight') },
      { id: 'change', title: turn.t('consultation:knownChange') },
    ],
  });
  return { do: 'wait', state: { ...state, at: 'known' } };
}

function takeKnown(turn: Turn, state: ConsultationState, input: Input): Outcome {
  const command = input.kind === 'text' ? recogniseCommand(input.text) : undefined;
  const still = input.kind === 'text' && STILL.test(input.text.trim());
  const said = input.kind === 'choice' ? input.choice : still ? 'right' : command;
  if (said === 'right' || said === 'yes' || said === 'done') return askTopic(turn, { ...state, at: 'topic' });
  const corrected = correct(turn, state, input);
  if (corrected) return corrected;
  const slot = input.kind === 'text' ? mentionedSlot(input.text) : undefined;
  if (slot) return askIdentity(state, slot);
  if (said === 'change' || said === 'no') return askChange(turn, state);
  return keep(turn, state, input) ?? missed(turn, state);
}

/** "Masih sama." */
const STILL =
  /^(?:(?:ya|iya|data(?:nya)?|yes)[ ,]+)?(?:masih|tetap|still)(?: (?:sama|benar|betul|sesuai|itu|the same|right|correct))?[.! ]*$/iu;

function takeTopic(turn: Turn, state: ConsultationState, input: Input): Outcome {
  if (input.kind === 'choice' && input.choice.startsWith('topic:')) {
    const code = input.choice.slice('topic:'.length);
    return code === 'other' ? listTopics(turn, state) : chooseTopic(turn, state, code);
  }
  if (input.kind === 'text') {
    const command = recogniseCommand(input.text);
    if (state.at === 'suggested-topic' && state.suggestion && command === 'yes')
      return chooseTopic(turn, state, state.suggestion);
    if (state.at === 'suggested-topic' && command === 'no') return listTopics(turn, state);
    const code = topicInWords(turn, input.text);
    if (code) return chooseTopic(turn, state, code);
  }
  return keep(turn, state, input) ?? missed(turn, state);
}

function chooseTopic(turn: Turn, state: ConsultationState, topicCode: string): Outcome {
  if (!turn.services.reference.topics.some(({ _id }) => _id === topicCode)) return listTopics(turn, state);
  turn.misses = 0;
  const { suggestion: _, ...rest } = state;
  return proceed(turn, { ...rest, at: 'question', draft: { ...state.draft, topicCode } });
}

/** What was added under a summary leaves its buttons in sight: their words are no part of the question. */
function takeMore(turn: Turn, state: ConsultationState, input: Input): Outcome | Promise<Outcome> {
  const pressed =
    state.reviewed && input.kind === 'text'
      ? summaryChoices(turn).find(({ title }) => title === input.text)?.id
      : undefined;
  return pressed === undefined
    ? takeQuestion(turn, state, input)
    : takeReview(turn, state, { kind: 'choice', choice: pressed });
}

function takeReview(turn: Turn, state: ConsultationState, input: Input): Outcome | Promise<Outcome> {
  const command = input.kind === 'text' ? recogniseCommand(input.text) : undefined;
  const sending = input.kind === 'text' && asksToSend(input.text);
  const said = input.kind === 'choice' ? input.choice : sending ? 'send' : command;
  switch (said) {
    case 'send':
    case 'yes':
    case 'done':
      return submit(turn, state);
    case 'change':
    case 'no':
      return askChange(turn, state);
    case 'cancel':
      return leave(turn);
    case 'add':
      turn.say(turn.t('consultation:add'));
      return { do: 'wait', state: { ...state, at: 'question' } };
    default:
      return takeRemark(turn, state, input);
  }
}

/** What is written under a summary corrects it or adds to the question. */
function takeRemark(turn: Turn, state: ConsultationState, input: Input): Outcome {
  const corrected = input.kind === 'text' && isRemark(input.text) ? correct(turn, state, input) : undefined;
  if (corrected) return corrected;
  return input.kind === 'wake' ? remind(turn, state) : takeQuestion(turn, state, input);
}

function takeChange(turn: Turn, state: ConsultationState, input: Input): Outcome {
  const part = changedPart(input);
  if (part === 'topic') return listTopics(turn, state);
  if (part === 'question') return askQuestion(turn, { ...state, draft: { ...state.draft, parts: [] } });
  if (part) return askIdentity({ ...state, at: 'edit-identity' }, part);
  return keep(turn, state, input) ?? missed(turn, state);
}

function changedPart(input: Input): Slot | 'topic' | 'question' | undefined {
  if (input.kind === 'choice' && input.choice.startsWith('change:')) {
    return input.choice.slice('change:'.length) as Slot | 'topic' | 'question';
  }
  if (input.kind !== 'text') return undefined;
  if (/\b(topik|topic)\b/iu.test(input.text)) return 'topic';
  if (/\b(pertanyaan|question)\b/iu.test(input.text)) return 'question';
  return mentionedSlot(input.text);
}

/** "Eh emailnya salah": the part that was named is changed, or asked again. */
function correct(turn: Turn, state: ConsultationState, input: Input): Outcome | undefined {
  if (input.kind !== 'text') return undefined;
  const correction = recogniseCorrection(turn, input.text);
  return correction && askIdentity(state, correction.slot, correction.answer);
}

const LONGEST_REMARK = 80;

/** What asks, or is long, under a summary belongs to the question, even if it says that something is wrong. */
function isRemark(text: string): boolean {
  return text.length <= LONGEST_REMARK && !text.includes('?');
}

/** A file sent while something else is asked goes with the question. */
function keep(turn: Turn, state: ConsultationState, input: Input): Outcome | undefined {
  if (explainRefusal(turn, input)) return ask(turn, state);
  if (input.kind !== 'file') return undefined;
  const parts = keepPart(turn, state.draft.parts, toPart(input));
  if (parts) turn.say(turn.t('identity:fileKept'));
  return ask(turn, { ...state, draft: { ...state.draft, parts: parts ?? state.draft.parts } });
}

function missed(turn: Turn, state: ConsultationState): Outcome {
  const offers = countMiss(turn);
  if (offers.length === 0) {
    turn.say(turn.t('common:pickOne'));
    return ask(turn, state);
  }
  turn.say(turn.t('menu:notUnderstoodAgain'), { choices: offers });
  return { do: 'wait', state };
}

function leave(turn: Turn): Outcome {
  turn.say(turn.t('common:cancelled'));
  return { do: 'end', result: LEFT };
}
