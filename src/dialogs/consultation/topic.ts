import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Choice } from '../../models/message.js';
import { suggestTopic } from '../../language/index.js';
import { questionText } from '../question-part.js';
import type { ConsultationState } from './draft.js';

/** Sure enough to suggest a topic instead of showing the list. */
const SURE = 0.5;

/** Asks what the consultation is about, with a suggestion where the question's words give one. */
export function askTopic(turn: Turn, state: ConsultationState): Outcome {
  const { parts, request = '' } = state.draft;
  const found = suggestTopic(`${questionText(parts)}\n${request}`, topicCandidates(turn));
  if (!found || found.confidence < SURE || state.at === 'suggested-topic') return listTopics(turn, state);
  turn.say(turn.t('consultation:topicSuggestion', { topic: topicName(turn, found.code) }), {
    choices: [
      { id: `topic:${found.code}`, title: turn.t('common:choices.yes') },
      { id: 'topic:other', title: turn.t('consultation:topicOther') },
    ],
  });
  return { do: 'wait', state: { ...state, at: 'suggested-topic', suggestion: found.code } };
}

export function listTopics(turn: Turn, state: ConsultationState): Outcome {
  turn.say(turn.t('consultation:topic'), { choices: topicChoices(turn) });
  return { do: 'wait', state: { ...state, at: 'topic' } };
}

/** The topic that free words name, if they name one. */
export function topicInWords(turn: Turn, text: string): string | undefined {
  const found = suggestTopic(text, topicCandidates(turn));
  return found && found.confidence >= SURE ? found.code : undefined;
}

/** The topic that is called exactly this. */
export function topicCalled(turn: Turn, name: string): string | undefined {
  const said = name.toLowerCase();
  return topicCandidates(turn).find(({ keywords }) => keywords.some((word) => word.toLowerCase() === said))
    ?.code;
}

/** The topics of which the words name a part: "dak" is one of two. */
export function topicsNamed(turn: Turn, text: string): Choice[] {
  const said = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .trim();
  if (said.length < SHORTEST_NAME) return [];
  return topicChoices(turn).filter(({ title }) => new RegExp(`\\b${said}`, 'iu').test(title));
}

const SHORTEST_NAME = 3;

export function askWhichTopic(turn: Turn, state: ConsultationState, choices: readonly Choice[]): Outcome {
  const other = { id: 'topic:other', title: turn.t('consultation:topicOther') };
  turn.say(turn.t('consultation:topicWhich'), { choices: [...choices, other] });
  return { do: 'wait', state: { ...state, at: 'topic' } };
}

function topicCandidates(turn: Turn): { code: string; keywords: string[] }[] {
  return turn.services.reference.topics.map(({ _id, name, keywords }) => ({
    code: _id,
    keywords: [...keywords, name.id, name.en],
  }));
}

export function topicName(turn: Turn, code: string): string {
  const topic = turn.services.reference.topics.find(({ _id }) => _id === code);
  return topic?.name[turn.language] ?? code;
}

export function topicChoices(turn: Turn): Choice[] {
  return turn.services.reference.topics.map(({ _id, name }) => ({
    id: `topic:${_id}`,
    title: name[turn.language],
  }));
}
