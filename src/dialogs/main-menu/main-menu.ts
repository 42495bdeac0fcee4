import { defineDialog, LEFT, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import { recogniseCommand, understand, type Command } from '../../language/index.js';
import { letterSent } from '../booking/awaiting.js';
import type { ConsultationOptions } from '../consultation/consultation.js';
import { explainRefusal } from '../explain-refusal.js';
import { keepPart } from '../keep-part.js';
import { editParts, toPart } from '../question-part.js';
import { askAgain, askedForConsent, meet } from './consent.js';
import { isSameBreath, newMenuState, type MenuState } from './menu-state.js';
import { introduced } from './introduced.js';
import { acceptHeld, greetAgain, offerHeld, route, showMenu, takeMenuChoice } from './route-intent.js';

interface Options {
  /** What the user wrote when nothing was open. */
  input?: Input;
  /** The menu is shown above a consultation that is kept. */
  kept?: true;
  /** A consultation to begin at once. */
  start?: ConsultationOptions;
}

/** Greeting, consent, menu: where every conversation begins and comes back to. */
export const mainMenu = defineDialog<MenuState, Options | undefined>({
  name: 'main-menu',

  begin(turn, { input, kept, start } = {}) {
    if (!turn.consentAt) return meet(turn, input);
    const state: MenuState = { ...newMenuState(turn), ...(kept ? { kept } : {}) };
    if (start) return { do: 'begin', dialog: 'consultation', options: start, state };
    return input ? takeInput(turn, state, input, true) : showMenu(turn, state);
  },

  async continue(turn, state, input) {
    if (state.at === 'consent') return askedForConsent(turn, state, input);
    return takeInput(turn, state, input, false);
  },

  resume(turn, state, result) {
    if (!turn.consentAt) return askAgain(turn, state);
    return result === LEFT ? showMenu(turn, state) : { do: 'wait', state: newMenuState(turn, state) };
  },

  reprompt(turn, state) {
    if (state.at === 'consent') askAgain(turn, state);
    else showMenu(turn, state);
  },

  edited(state, edit) {
    const held = editParts(state.held, edit);
    return held && { ...state, held };
  },

  freeText: () => true,
});

async function takeInput(turn: Turn, state: MenuState, input: Input, returning: boolean): Promise<Outcome> {
  if (input.kind === 'choice') return takeMenuChoice(turn, state, input.choice, input.more);
  if (explainRefusal(turn, input)) return { do: 'wait', state };
  const command = input.kind === 'text' ? recogniseCommand(input.text) : undefined;
  if (command) return obey(turn, state, command);
  const part = toPart(input);
  if (!part) return showMenu(turn, state);
  const awaited = part.kind === 'file' ? await letterSent(turn, part) : undefined;
  if (awaited) return { do: 'begin', dialog: 'booking', options: awaited, state };
  const follows = state.held.length > 0 && isSameBreath(turn, state);
  if (follows || part.kind === 'file') {
    const held = keepPart(turn, state.held, part);
    if (held && follows) return { do: 'wait', state: { ...state, held } };
    return offerHeld(turn, { ...state, held: held ?? state.held }, 'unknown');
  }
  const { intent } = understand(part.text, { now: turn.now });
  if (intent === 'unknown' && introduced(turn, part.text)) {
    const { name } = turn.profile;
    turn.say(turn.t(name === undefined ? 'menu:introduced' : 'menu:introducedNamed', { name }));
    return showMenu(turn, state);
  }
  if (returning && intent !== 'greet') greetAgain(turn);
  return route(turn, intent, part.text, state);
}

/** Short words at the menu: an answer to what was offered, or a polite nod. */
async function obey(turn: Turn, state: MenuState, command: Command): Promise<Outcome> {
  if (state.kept && command === 'back') return { do: 'end' };
  if (state.kept && command === 'cancel') {
    turn.say(turn.t('common:cancelled'));
    return { do: 'restart', dialog: 'main-menu' };
  }
  if (command === 'yes' && state.held.length > 0) return acceptHeld(turn, state);
  const nod = command === 'yes' || command === 'done' || command === 'skip' || command === 'no';
  if (!nod || state.held.length > 0) return showMenu(turn, state);
  turn.say(turn.t('menu:acknowledged'));
  return { do: 'wait', state };
}
