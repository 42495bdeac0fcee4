import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { findKanwil, KANWIL, recogniseCommand } from '../../language/index.js';
import { recogniseCorrection } from '../identity/recognise-correction.js';
import { mentionedSlot, SLOTS } from '../identity/slots.js';
import { askChange, askKanwil } from './ask-kind.js';
import { withDraft, type BookingState, type Draft } from './draft.js';
import { askIdentity, keep, missed, proceed } from './next-step.js';

/** What the words name, if only one. */
export function kindInWords(text: string): Draft['kind'] {
  const [visit, video] = [VISIT.test(text), VIDEO.test(text)];
  return visit === video ? null : visit ? 'visit' : 'video';
}

const VISIT =
  /\b(?:kunjung\w*|berkunjung|datang|tatap muka|audiensi|bertamu|langsung|ke kantor|luring|visit\w*|in person|face to face|come)\b/iu;
const VIDEO = /\b(?:vi(?:deo|con|dcon|d)\w*|zoom|teams|daring|online|virtual|konferensi|conference|call)\b/iu;

export async function takeKind(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const words = input.kind === 'text' ? kindInWords(input.text) : null;
  const pressed = input.kind === 'choice' ? KINDS[input.choice] : undefined;
  const kind = pressed ?? words;
  if (kind) return proceed(turn, withDraft(state, { kind }));
  return (await keep(turn, state, input)) ?? missed(turn, state);
}

const KINDS: Readonly<Record<string, 'visit' | 'video'>> = { 'kind:visit': 'visit', 'kind:video': 'video' };

/** A returning contact says that all is as before, or what is not. */
export async function takeKnown(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const text = input.kind === 'text' ? input.text : '';
  const command = recogniseCommand(text);
  const said = input.kind === 'choice' ? input.choice : STILL.test(text.trim()) ? 'yes' : command;
  if (said === 'known:right' || said === 'yes' || said === 'done')
    return proceed(turn, withDraft(state, { confirmed: true }));
  const correction = text === '' ? undefined : recogniseCorrection(turn, text);
  if (correction) {
    const { slot: only, answer } = correction;
    return askIdentity(turn, state, answer ? { only, answer } : { only });
  }
  if (said === 'known:change' || said === 'no' || said === 'change') return askChange(turn, state);
  return (await keep(turn, state, input)) ?? missed(turn, state);
}

const STILL = /^(?:(?:ya|iya|yes)[ ,]+)?(?:masih|tetap|still)(?: \p{L}+){0,2}[.! ]*$/iu;

export async function takeChange(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const pressed = input.kind === 'choice' ? input.choice.slice('change:'.length) : '';
  const only =
    SLOTS.find((slot) => slot === pressed) ?? mentionedSlot(input.kind === 'text' ? input.text : '');
  if (only) return askIdentity(turn, state, { only });
  return takeKnown(turn, state, input);
}

/** R-B3. */
export async function takeMeans(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const text = input.kind === 'text' ? input.text : '';
  const named = NETWORK.test(text) ? 'means:network' : APPLICATION.test(text) ? 'means:application' : '';
  switch (input.kind === 'choice' ? input.choice : named) {
    case 'means:application':
      return proceed(turn, withDraft(state, { network: false, kanwil: null }));
    case 'means:network': {
      const [kanwil, ...others] = findKanwil(text);
      const only = kanwil && others.length === 0 ? kanwil.name : null;
      return proceed(turn, withDraft(state, { network: true, kanwil: only }));
    }
    default:
      return (await keep(turn, state, input)) ?? missed(turn, state);
  }
}

const NETWORK = /\b(?:jaringan|kanwil|network|djpb|kementerian|ministry)\b/iu;
const APPLICATION = /\b(?:aplikasi|application|app|zoom|teams|meet|webex|internet|laptop|hp)\b/iu;

export async function takeKanwil(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  if (input.kind === 'choice' && input.choice === 'kanwil:all') return askKanwil(turn, state, KANWIL);
  const pressed = input.kind === 'choice' ? input.choice.slice('kanwil:'.length) : '';
  const named =
    input.kind === 'text' ? findKanwil(input.text) : KANWIL.filter(({ code }) => code === pressed);
  const [kanwil, ...others] = named;
  if (kanwil && others.length === 0) return proceed(turn, withDraft(state, { kanwil: kanwil.name }));
  if (kanwil) return askKanwil(turn, state, named);
  return (await keep(turn, state, input)) ?? missed(turn, state);
}
