import type { Outcome, Turn } from '../../conversation/dialog.js';
import { topicChoices, topicInWords, topicName } from '../consultation/topic.js';
import type { BookingState } from './draft.js';

export function askPurpose(turn: Turn, state: BookingState): Outcome {
  turn.say(turn.t(`booking:purpose.${state.draft.kind ?? 'visit'}`));
  return { do: 'wait', state: { ...state, at: 'purpose' } };
}

/** The topic that the purpose names is only confirmed. */
export function askTopic(turn: Turn, state: BookingState): Outcome {
  const suggestion = topicInWords(turn, state.draft.purpose);
  if (suggestion === undefined) return listTopics(turn, state);
  turn.say(turn.t('booking:topicSuggestion', { topic: topicName(turn, suggestion) }), {
    choices: [
      { id: `topic:${suggestion}`, title: turn.t('common:choices.yes') },
      { id: 'topic:other', title: turn.t('consultation:topicOther') },
    ],
  });
  return { do: 'wait', state: { ...state, at: 'topic', suggestion } };
}

export function listTopics(turn: Turn, { suggestion: _, ...state }: BookingState): Outcome {
  turn.say(turn.t('booking:topic'), { choices: topicChoices(turn) });
  return { do: 'wait', state: { ...state, at: 'topic' } };
}
