import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Profile } from '../../models/conversation.js';
import type { IdentityOptions } from '../identity/identity.js';
import type { SlotCorrection } from '../identity/recognise-correction.js';
import { isKnown, type Slot } from '../identity/slots.js';
import { withTold } from '../identity/told-facts.js';
import type { ConsultationState } from './draft.js';
import { confirmKnown } from './confirm-known.js';
import { chooseTopic } from './next-step.js';
import { addToQuestion, replaceQuestion } from './question.js';
import { recogniseChange } from './recognise-change.js';
import { listTopics, topicName } from './topic.js';

/** Asks for the identity: all that is missing, or one part of it again, perhaps with its answer already at hand. */
export function askIdentity(
  state: ConsultationState,
  only?: Slot,
  answer?: SlotCorrection['answer'],
): Outcome {
  const options: IdentityOptions = {
    profile: state.draft.profile,
    ...(only ? { only } : {}),
    ...(answer ? { answer } : {}),
  };
  return { do: 'begin', dialog: 'identity', options, state };
}

/** "Eh emailnya salah", "topiknya DAU", "saya sekarang Kabid": the part that was named is changed, or asked again. */
export function correct(turn: Turn, state: ConsultationState, text: string): Outcome | undefined {
  const change = recogniseChange(turn, text);
  switch (change?.part) {
    case undefined:
      return undefined;
    case 'add':
      return addToQuestion(turn, state);
    case 'question':
      return replaceQuestion(turn, state);
    case 'topic':
      return change.code === undefined ? listTopics(turn, state) : changeTopic(turn, state, change.code);
    case 'news':
      return takeNews(turn, state, change.correction);
    case 'identity':
      if (change.correction.answer?.kind === 'filled' && !state.reviewed) {
        turn.say(turn.t('consultation:corrected'));
      }
      return askIdentity(state, change.correction.slot, change.correction.answer);
  }
}

function changeTopic(turn: Turn, state: ConsultationState, code: string): Outcome {
  turn.say(turn.t('consultation:topicChanged', { topic: topicName(turn, code) }));
  return chooseTopic(turn, state, code);
}

function takeNews(
  turn: Turn,
  state: ConsultationState,
  { slot, answer }: SlotCorrection,
): Outcome | undefined {
  if (answer?.kind !== 'filled') return askIdentity(state, slot, answer);
  const { profile } = state.draft;
  if (!isNew(profile, answer.facts)) return undefined;
  const next = { ...state, draft: { ...state.draft, profile: withTold(profile, answer.facts) } };
  if (state.at === 'known' && isKnown(next.draft.profile)) return confirmKnown(turn, next, 'knownNow');
  turn.say(turn.t('consultation:corrected'));
  if (!isKnown(next.draft.profile)) return askIdentity(next);
  return askIdentity(next, slot, answer);
}

function isNew(profile: Profile, facts: Profile): boolean {
  return Object.entries(facts).some(([fact, value]) => profile[fact as keyof Profile] !== value);
}
