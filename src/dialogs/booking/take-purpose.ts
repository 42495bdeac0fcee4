import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand, understand } from '../../language/index.js';
import { topicInWords, topicName } from '../consultation/topic.js';
import { explainRefusal } from '../explain-refusal.js';
import { FALLBACK_TOPIC } from '../talk-to-agent/fallback-topic.js';
import { askPurpose, listTopics } from './ask-purpose.js';
import { withDraft, type BookingState } from './draft.js';
import { keep, missed, proceed } from './next-step.js';

/** Longer matters belong into the letter. Bounds the stored state. */
const LONGEST = 2_000;

/** "Kunjungan untuk membahas DAK Fisik": the words it was asked for with may say what about. */
export function purposeInWords(text: string): string {
  return ABOUT.exec(text)?.[1]?.trim().slice(0, LONGEST) ?? '';
}

const ABOUT =
  /\b(?:membahas|bahas|pembahasan|terkait|tentang|mengenai|soal|perihal|about|regarding|discuss(?:ing)?)\s+([^]{6,})$/iu;

export async function takePurpose(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  if (input.kind !== 'text') return (await keep(turn, state, input)) ?? askPurpose(turn, state);
  if (explainRefusal(turn, input)) return { do: 'wait', state };
  const purpose = input.text.trim();
  if (isGreeting(turn, purpose)) return askPurpose(turn, state);
  if (ABOUT_COMING.test(purpose) && topicInWords(turn, purpose) === undefined) {
    turn.say(turn.t('booking:purposeFirst'));
    return askPurpose(turn, state);
  }
  if (recogniseCommand(purpose) || !/\p{L}{3}/u.test(purpose)) {
    turn.say(turn.t('booking:purposeShort'));
    return { do: 'wait', state };
  }
  return proceed(turn, withDraft(state, { purpose: purpose.slice(0, LONGEST) }));
}

/** "Perlu surat ga?", "boleh bawa berapa orang?": of the meeting itself, not of its matter. */
const ABOUT_COMING =
  /^(?=.{0,60}$)(?=.*\b(?:surat|bawa|orang|tamu|peserta|syarat\w*|parkir\w*|pakaian|berapa lama|letter|bring|people)\b).*\?$/iu;

function isGreeting(turn: Turn, text: string): boolean {
  if (text.length > LONGEST_GREETING) return false;
  const { intent, intentConfidence } = understand(text, { now: turn.now });
  return (intent === 'greet' || intent === 'thanks') && intentConfidence >= SURE;
}

const LONGEST_GREETING = 40;
const SURE = 0.9;

/** By button, number or words; a sentence that names none goes on with the purpose. */
export async function takeTopic(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const { suggestion } = state;
  if (input.kind === 'choice' && input.choice.startsWith('topic:'))
    return choose(turn, state, input.choice.slice('topic:'.length));
  if (input.kind !== 'text') return (await keep(turn, state, input)) ?? missed(turn, state);
  const command = recogniseCommand(input.text);
  if (command === 'yes' && suggestion !== undefined) return choose(turn, state, suggestion);
  if (command === 'no' && suggestion !== undefined) return listTopics(turn, state);
  if (command === 'skip' || UNSURE.test(input.text)) return choose(turn, state, FALLBACK_TOPIC);
  const named = topicInWords(turn, input.text);
  if (named !== undefined) return choose(turn, withMatter(turn, state, input.text, named), named);
  return (await keep(turn, state, input)) ?? missed(turn, state);
}

/** A sentence that names the topic says more of the matter as well. */
function withMatter(turn: Turn, state: BookingState, text: string, topic: string): BookingState {
  const { purpose } = state.draft;
  const said = text.trim();
  const [had, more] = [purpose.toLowerCase(), said.toLowerCase()];
  const isName = more === topicName(turn, topic).toLowerCase();
  if (isName || said.split(/\s+/u).length < FEWEST_WORDS || had.includes(more)) return state;
  const both = more.includes(had) ? said : `${purpose}; ${said}`;
  return withDraft(state, { purpose: both.slice(0, LONGEST) });
}

/** Fewer words only point at the list. */
const FEWEST_WORDS = 3;

const UNSURE =
  /\b(?:tidak|kurang|belum|gak|ga|nggak) (?:tahu|tau|yakin)\b|\b(?:terserah|not sure|don'?t know)\b/iu;

function choose(turn: Turn, state: BookingState, code: string): Outcome | Promise<Outcome> {
  const { suggestion: _, ...rest } = state;
  const known = turn.services.reference.topics.some(({ _id }) => _id === code);
  return known ? proceed(turn, withDraft(rest, { topicCode: code })) : listTopics(turn, rest);
}
