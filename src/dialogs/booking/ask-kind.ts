import type { Outcome, Turn } from '../../conversation/dialog.js';
import { KANWIL, kanwilOfRegion, type Kanwil } from '../../language/index.js';
import { SLOTS, identityLines } from '../identity/slots.js';
import type { BookingState } from './draft.js';
import { option } from './say.js';

export function askKind(turn: Turn, state: BookingState): Outcome {
  turn.say(turn.t('booking:kind'), { choices: [option(turn, 'kind:visit'), option(turn, 'kind:video')] });
  return { do: 'wait', state: { ...state, at: 'kind' } };
}

/** A returning contact only confirms. */
export function askKnown(turn: Turn, state: BookingState): Outcome {
  turn.say(turn.t('booking:known', { identity: identityLines(turn, state.draft.profile) }), {
    choices: [option(turn, 'known:right'), option(turn, 'known:change')],
  });
  return { do: 'wait', state: { ...state, at: 'known' } };
}

export function askChange(turn: Turn, state: BookingState): Outcome {
  turn.say(turn.t('consultation:change'), {
    choices: SLOTS.map((slot) => ({ id: `change:${slot}`, title: turn.t(`identity:labels.${slot}`) })),
  });
  return { do: 'wait', state: { ...state, at: 'change' } };
}

/** R-B3: by an application, or at a Kanwil DJPB over the ministry's network. */
export function askMeans(turn: Turn, state: BookingState): Outcome {
  turn.say(turn.t('booking:means'), {
    choices: [option(turn, 'means:application'), option(turn, 'means:network')],
  });
  return { do: 'wait', state: { ...state, at: 'means' } };
}

/** The one of the user's region first; any other is found by its name or city. */
export function askKanwil(turn: Turn, state: BookingState, found: readonly Kanwil[] = []): Outcome {
  const near = kanwilOfRegion(state.draft.profile.regionCode);
  const offered = found.length > 0 ? found : near ? [near] : [];
  turn.say(turn.t(found.length > 0 ? 'booking:kanwilWhich' : 'booking:kanwil'), {
    choices: [
      ...offered.map(({ code, name }) => ({ id: `kanwil:${code}`, title: name })),
      ...(found.length === KANWIL.length ? [] : [option(turn, 'kanwil:all')]),
    ],
  });
  return { do: 'wait', state: { ...state, at: 'kanwil' } };
}
