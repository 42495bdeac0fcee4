import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { explainRefusal } from '../explain-refusal.js';
import { writesLetters } from '../letter.js';
import { isFull, questionText, shownQuestion, toPart, type QuestionPart } from '../question-part.js';
import { FALLBACK_TOPIC } from '../talk-to-agent/fallback-topic.js';
import type { ConsultationState } from './draft.js';
import { showSummary } from './summary.js';
import { topicInWords } from './topic.js';

/** Asks for the question, or for more of it when a part is known already. */
export function askQuestion(turn: Turn, state: ConsultationState): Outcome {
  const { parts } = state.draft;
  const asking: ConsultationState = { ...state, at: 'question' };
  if (state.replacing) return replaceQuestion(turn, state);
  if (parts.length === 0) {
    turn.say(turn.t('consultation:question'));
    return { do: 'wait', state: asking };
  }
  if (questionText(parts) === '') {
    turn.say(turn.t('consultation:filesNoted', { noted: shownQuestion(parts) }));
    return { do: 'wait', state: asking };
  }
  turn.say(turn.t('consultation:questionNoted', { noted: shownQuestion(parts) }), {
    choices: done(turn),
    numbered: false,
  });
  return { do: 'wait', state: asking };
}

export function addToQuestion(turn: Turn, state: ConsultationState): Outcome {
  turn.say(turn.t('consultation:add'));
  return { do: 'wait', state: { ...state, at: 'question' } };
}

/** Asks for another question; the old one stays until the new one begins. */
export function replaceQuestion(turn: Turn, state: ConsultationState): Outcome {
  if (state.draft.parts.length === 0) return askQuestion(turn, state);
  turn.say(turn.t('consultation:questionAgain'));
  return { do: 'wait', state: { ...state, at: 'question', replacing: true } };
}

/** Asks whether what was just written changes `part` or belongs to the question. */
export function askDoubt(
  turn: Turn,
  state: ConsultationState,
  part = state.doubtedPart ?? 'question',
): Outcome {
  const label = turn.t(`identity:labels.${part}`);
  turn.say(turn.t('consultation:doubt', { label }), {
    choices: [
      { id: 'doubt:change', title: turn.t('consultation:doubtChange', { label }) },
      { id: 'doubt:question', title: turn.t('consultation:doubtQuestion') },
    ],
  });
  return { do: 'wait', state: { ...state, doubtedPart: part } };
}

/**
 * Takes the question as people write it: bubble by bubble, with files, until "selesai" or a pause. What is written under
 * the summary belongs to it as well.
 */
export function takeQuestion(turn: Turn, from: ConsultationState, input: Input): Outcome {
  const state: ConsultationState = { ...from, at: 'question' };
  const { parts } = state.draft;
  if (input.kind === 'wake' && state.replacing) return { do: 'wait', state };
  if (input.kind === 'wake') return parts.length > 0 ? showSummary(turn, state) : { do: 'wait', state };
  if (isDone(input, parts.length > 0)) return finish(turn, state);
  if (explainRefusal(turn, input)) return { do: 'wait', state };
  if (input.kind === 'choice') return askQuestion(turn, state);
  if (isNod(input)) return parts.length > 0 ? addToQuestion(turn, state) : askQuestion(turn, state);
  const part = toPart(input);
  if (!part) {
    turn.say(turn.t('consultation:questionEmpty'));
    return { do: 'wait', state };
  }
  if (state.replacing) return replaced(turn, state, part);
  if (isFull(parts, part)) {
    turn.say(turn.t('consultation:questionFull'), { choices: done(turn), numbered: false });
    return { do: 'wait', state };
  }
  if (writesLetters(turn))
    return finishLetter(turn, { ...state, draft: { ...state.draft, parts: [...parts, part] } });
  if (parts.length === 0 || from.at === 'summary') {
    const noted = parts.length === 0 ? 'consultation:questionFirst' : 'consultation:questionAdded';
    turn.say(turn.t(noted), { choices: done(turn), numbered: false });
  }
  return { do: 'wait', state: { ...state, draft: { ...state.draft, parts: [...parts, part] } } };
}

/** A letter has said what it says: its topic is read from it, and the summary shows both to be corrected. */
export function finishLetter(turn: Turn, state: ConsultationState): Outcome {
  const { parts, topicCode } = state.draft;
  if (parts.length === 0) return askQuestion(turn, state);
  const topic = topicCode ?? topicInWords(turn, questionText(parts)) ?? FALLBACK_TOPIC;
  return finish(turn, { ...state, at: 'question', draft: { ...state.draft, topicCode: topic } });
}

function replaced(turn: Turn, { replacing: _, ...state }: ConsultationState, part: QuestionPart): Outcome {
  const draft = { ...state.draft, parts: [] };
  return takeQuestion(turn, { ...state, draft }, part);
}

function finish(turn: Turn, { replacing: _, ...state }: ConsultationState): Outcome {
  const { parts } = state.draft;
  if (questionText(parts) !== '') return showSummary(turn, state);
  turn.say(turn.t(parts.length > 0 ? 'consultation:questionNeedsWords' : 'consultation:questionEmpty'));
  return { do: 'wait', state };
}

/** @param begun whether something is written: then "tidak ada" means that nothing is to be added. */
export function isDone(input: Input, begun: boolean): boolean {
  if (input.kind === 'choice') return input.choice === 'done';
  if (input.kind !== 'text') return false;
  const command = recogniseCommand(input.text);
  return command === 'done' || asksToSend(input.text) || (begun && (command === 'no' || command === 'skip'));
}

/** "Ok", "siap" is no part of a question. */
export function isNod(input: Input): boolean {
  return input.kind === 'text' && recogniseCommand(input.text) === 'yes';
}

const SEND =
  /^(?:(?:ya|iya|ok|oke|baik|silakan|silahkan|tolong|mohon|langsung|yes|please)[ ,]+)*(?:(?:di)?kirim(?:kan)?|send(?: it)?)(?:[ ,]+(?:saja|aja|sekarang|ya|pak|bu|dong|now|please))*[.! ]*$/iu;

/** "Ya, tolong dikirim sekarang." */
export function asksToSend(text: string): boolean {
  return text.length <= MAX_SEND && SEND.test(text.trim());
}

const MAX_SEND = 60;

function done(turn: Turn): { id: string; title: string }[] {
  return [{ id: 'done', title: turn.t('consultation:done') }];
}

/** A pause ends the question only when there is something to summarise. */
export function questionPause(turn: Turn, state: ConsultationState): number | undefined {
  const written = state.at === 'question' && !state.replacing && questionText(state.draft.parts) !== '';
  return written ? turn.services.config.questionPauseSeconds : undefined;
}
