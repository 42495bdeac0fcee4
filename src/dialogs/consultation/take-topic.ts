import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { asksSomething } from '../asks-something.js';
import { keepPart } from '../keep-part.js';
import { questionText } from '../question-part.js';
import { FALLBACK_TOPIC } from '../talk-to-agent/fallback-topic.js';
import { correct } from './correct.js';
import type { ConsultationState } from './draft.js';
import { chooseTopic, keep, missed } from './next-step.js';
import { askWhichTopic, listTopics, topicInWords, topicsNamed } from './topic.js';

/** Takes the topic by button, number or words; a question written here is kept, and may name the topic as well. */
export function takeTopic(turn: Turn, state: ConsultationState, input: Input): Outcome {
  if (input.kind === 'choice' && input.choice.startsWith('topic:')) {
    const code = input.choice.slice('topic:'.length);
    return code === 'other' ? listTopics(turn, state) : chooseTopic(turn, state, code);
  }
  if (input.kind === 'text') {
    const taken = takeWords(turn, state, input.text);
    if (taken) return taken;
  }
  return keep(turn, state, input) ?? missed(turn, state);
}

function takeWords(turn: Turn, state: ConsultationState, text: string): Outcome | undefined {
  const command = recogniseCommand(text);
  if (state.at === 'suggested-topic' && state.suggestion && command === 'yes')
    return chooseTopic(turn, state, state.suggestion);
  if (state.at === 'suggested-topic' && command === 'no') return listTopics(turn, state);
  if (command === 'skip' || UNSURE.test(text.trim())) {
    turn.say(turn.t('consultation:topicLeft'));
    return chooseTopic(turn, state, FALLBACK_TOPIC);
  }
  if (asksForTopics(text)) return listTopics(turn, state);
  const asks = asksSomething(text);
  const code = topicInWords(turn, asks ? withEarlierWords(state, text) : text);
  if (code) return chooseTopic(turn, asks ? withQuestion(turn, state, text) : state, code);
  const corrected = correct(turn, state, text);
  if (corrected) return corrected;
  const named = topicsNamed(turn, text);
  return named.length > 0 ? askWhichTopic(turn, state, named) : undefined;
}

/** "Topiknya apa aja?" */
export function asksForTopics(text: string): boolean {
  return /^(?:ada )?(?:(?:pilihan|daftar) )?(?:topik\w*|topics?) (?:itu |nya )?(?:ada )?(?:apa|yang mana)(?: (?:saja|aja|sih|ya|min|pak|bu))*[? ]*$|^(?:apa (?:saja|aja)|what are the) (?:pilihan )?(?:topik\w*|topics?)[? ]*$/iu.test(
    text.trim(),
  );
}

/** "Kurang tahu topiknya apa." */
const UNSURE =
  /^(?:(?:saya|maaf|wah|hmm)[ ,]+)*(?:(?:kurang|tidak|tdk|ga|gak|nggak|ngga|belum|gatau|gak?tau) ?(?:tahu|tau|yakin|paham)?|terserah|bebas|(?:i am |i'm )?not sure|(?:i )?don'?t know|any(?:thing)?)(?: (?:topik\w*|yang mana|apa|saja|aja|ya|bu|pak|which|topic))*[.! ]*$/iu;

/** A question that goes on under a suggestion is about what was suggested, unless all of it says otherwise. */
function withEarlierWords({ at, draft }: ConsultationState, text: string): string {
  return at === 'suggested-topic' ? [questionText(draft.parts), draft.request ?? '', text].join('\n') : text;
}

function withQuestion(turn: Turn, state: ConsultationState, text: string): ConsultationState {
  const parts = keepPart(turn, state.draft.parts, { kind: 'text', text });
  return { ...state, draft: { ...state.draft, parts: parts ?? state.draft.parts } };
}
