import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Choice } from '../../models/message.js';
import { identityLines } from '../identity/slots.js';
import { shownQuestion } from '../question-part.js';
import { kindName, type ComplaintState } from './draft.js';

export function showSummary(turn: Turn, state: ComplaintState): Outcome {
  const { anonymous, profile, about, parts } = state.draft;
  const who = anonymous ? turn.t('complaint:summaryAnonymous') : `\n${identityLines(turn, profile)}`;
  turn.say(
    turn.t('complaint:summary', {
      ...{ kind: kindName(turn, state), who },
      about: about ?? turn.t('complaint:aboutNone'),
      text: shownQuestion(parts),
    }),
    { choices: summaryChoices(turn) },
  );
  return { do: 'wait', state: { ...state, at: 'summary', reviewed: true } };
}

export function summaryChoices(turn: Turn): Choice[] {
  return ['send', 'change', 'add', 'cancel'].map((id) => ({
    id,
    title: turn.t(`complaint:summaryChoices.${id}`),
  }));
}

export const CHANGEABLE = ['kind', 'who', 'about', 'text'] as const;

export function askChange(turn: Turn, state: ComplaintState): Outcome {
  turn.say(turn.t('consultation:change'), {
    choices: CHANGEABLE.map((part) => ({ id: `change:${part}`, title: turn.t(`complaint:parts.${part}`) })),
  });
  return { do: 'wait', state: { ...state, at: 'change' } };
}
