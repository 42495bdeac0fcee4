import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { LEFT } from '../../conversation/dialog.js';
import { offeredChoice } from '../../conversation/offered-choice.js';
import { recogniseCommand } from '../../language/index.js';
import { asksSomething } from '../asks-something.js';
import { recogniseSlot } from '../identity/recognise-slot.js';
import { SLOTS, type Slot } from '../identity/slots.js';
import { writesLetters } from '../letter.js';
import { toPart } from '../question-part.js';
import { askIdentity, correct } from './correct.js';
import type { ConsultationState } from './draft.js';
import { chooseTopic, missed } from './next-step.js';
import { addToQuestion, askDoubt, asksToSend, takeQuestion } from './question.js';
import { recogniseChange, saysWrong, takesBackTopic, type Change } from './recognise-change.js';
import { askChange, remind, submit, summaryChoices } from './summary.js';
import { topicInWords } from './topic.js';

/** Sends, drops, changes, adds to what the summary shows. */
export function takeReview(turn: Turn, state: ConsultationState, input: Input): Outcome | Promise<Outcome> {
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
      return (input.kind === 'text' ? correct(turn, state, input.text) : undefined) ?? askChange(turn, state);
    case 'cancel':
      turn.say(turn.t('common:cancelled'));
      return { do: 'end', result: LEFT };
    case 'add':
      return addToQuestion(turn, state);
    default:
      return takeRemark(turn, state, input);
  }
}

/** What is written under a summary corrects it or adds to the question. */
function takeRemark(turn: Turn, state: ConsultationState, input: Input): Outcome {
  if (input.kind === 'wake') return remind(turn, state);
  if (input.kind === 'text') {
    const corrected = correct(turn, state, input.text);
    if (corrected) return corrected;
    if (saysWrong(input.text)) return askChange(turn, state);
    if (!WORDS.test(input.text)) return missed(turn, state);
  }
  return takeQuestion(turn, state, input);
}

/** A stray number or sign adds nothing to a question. */
const WORDS = /\p{L}{2}/u;

/** What was added under a summary leaves its buttons in sight: their words are no part of the question. */
export function takeMore(turn: Turn, state: ConsultationState, input: Input): Outcome | Promise<Outcome> {
  if (input.kind !== 'text') return takeQuestion(turn, state, input);
  const pressed = state.reviewed ? offeredChoice(input.text, summaryChoices(turn), false) : undefined;
  if (pressed !== undefined) return takeReview(turn, state, { kind: 'choice', choice: pressed });
  const change = writesLetters(turn) ? undefined : recogniseChange(turn, input.text);
  if (!change) return takeQuestion(turn, state, input);
  if (change.part === 'add') return addToQuestion(turn, state);
  const begun = state.draft.parts.length > 0;
  if (change.part === 'news' ? !state.reviewed : change.part === 'question' && !begun)
    return takeQuestion(turn, state, input);
  if (!begun && (isPlain(change, input.text) || takesBackTopic(turn, input.text)))
    return correct(turn, state, input.text) ?? takeQuestion(turn, state, input);
  return askDoubt(turn, { ...state, at: 'doubt', doubted: input.text }, labelOf(change));
}

/** Hardly the first words of a question: a correction with its new value, or in few words. */
function isPlain(change: Change, text: string): boolean {
  const given = change.part === 'identity' && change.correction.answer !== undefined;
  return given || text.trim().split(/\s+/u).length <= FEW_WORDS;
}

const FEW_WORDS = 4;

function labelOf(change: Exclude<Change, { part: 'add' }>): string {
  return change.part === 'identity' || change.part === 'news' ? change.correction.slot : change.part;
}

/** Whether a remark corrects something or belongs to the question is for the user to say; written on, it is a part of it. */
export function takeDoubt(turn: Turn, state: ConsultationState, input: Input): Outcome | Promise<Outcome> {
  const { doubted = '', ...rest } = state;
  const asking: ConsultationState = { ...rest, at: 'question' };
  const part = { kind: 'text', text: doubted } as const;
  if (input.kind === 'choice' && input.choice === 'doubt:change')
    return correct(turn, asking, doubted) ?? takeQuestion(turn, asking, part);
  if (input.kind === 'choice' || input.kind === 'wake') return takeQuestion(turn, asking, part);
  if (input.kind === 'text' && input.text.length <= LONGEST_ANSWER && PART_OF_QUESTION.test(input.text))
    return takeQuestion(turn, asking, part);
  const answered =
    input.kind === 'text' ? answeredDoubt(turn, { ...asking, doubted }, input.text) : undefined;
  if (answered) return answered;
  const kept = toPart(part);
  const parts = kept ? [...state.draft.parts, kept] : state.draft.parts;
  return takeMore(turn, { ...asking, draft: { ...state.draft, parts } }, input);
}

const LONGEST_ANSWER = 40;
const PART_OF_QUESTION = /\b(?:bagian|pertanyaan\w*|part of|question)\b/iu;

/** The new value in the place of an answer: "DAU" where the topic may be wrong; "ya" means that it is. */
function answeredDoubt(
  turn: Turn,
  { doubtedPart, ...state }: ConsultationState,
  text: string,
): Outcome | undefined {
  const { doubted = '' } = state;
  if (recogniseCommand(text) === 'yes') return correct(turn, state, doubted);
  if (asksSomething(text)) return undefined;
  if (doubtedPart === 'topic') {
    const code = topicInWords(turn, text);
    return code === undefined ? undefined : chooseTopic(turn, state, code);
  }
  const slot = SLOTS.find((name) => name === doubtedPart);
  if (!slot || !TOLD_BY_FORM.has(slot)) return undefined;
  const answer = recogniseSlot(slot, text, {});
  return answer.kind === 'miss' ? undefined : askIdentity(state, slot, answer);
}

/** What is known by its form; a name or a post may be any words. */
const TOLD_BY_FORM: ReadonlySet<Slot> = new Set(['email', 'phone', 'region']);
