import { defineDialog, LEFT, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import { recogniseCommand, understand, type Command } from '../../language/index.js';
import { recordFact } from '../../services/facts/record-fact.js';
import { explainRefusal } from '../explain-refusal.js';
import { keepPart } from '../keep-part.js';
import { linesToFillIn, profileFromLetters, questionInRest, restOfLetter, writesLetters } from '../letter.js';
import { toPart } from '../question-part.js';
import { switchLanguage } from '../switch-language.js';
import { greeting } from './greeting.js';
import type { MenuState } from './menu-state.js';
import { acceptHeld, greetAgain, offerHeld, route, showMenu, takeMenuChoice } from './route-intent.js';

/** Bubbles that follow a question of ours this closely were on their way already: they are kept, not answered one by one. */
const SAME_BREATH_SECONDS = 8;

/** Greeting, consent, menu: where every conversation begins and comes back to. */
export const mainMenu = defineDialog<MenuState, { input: Input } | undefined>({
  name: 'main-menu',

  begin(turn, options) {
    const input = options?.input;
    if (!turn.consentAt) return meet(turn, input);
    if (!input) return showMenu(turn);
    return takeInput(turn, menuState(turn), input, true);
  },

  async continue(turn, state, input) {
    if (state.at === 'consent') return askedForConsent(turn, state, input);
    return takeInput(turn, state, input, false);
  },

  resume(turn, state, result) {
    if (turn.consentAt) return result === LEFT ? showMenu(turn) : { do: 'wait', state: menuState(turn) };
    turn.say(turn.t('menu:consentAgain'), { choices: consentChoices(turn) });
    return { do: 'wait', state: { ...state, askedAt: seconds(turn) } };
  },

  reprompt(turn, state) {
    if (state.at === 'consent') askConsent(turn, state.refused === true);
    else showMenu(turn);
  },

  freeText: () => true,
});

function menuState(turn: Turn): MenuState {
  return { at: 'menu', held: [], askedAt: seconds(turn) };
}

function meet(turn: Turn, input: Input | undefined): Outcome {
  const text = input?.kind === 'text' ? input.text : '';
  const { intent, language } = understand(text, { now: turn.now });
  if (language === 'en') turn.language = 'en';
  turn.say(turn.t('menu:welcome', { greeting: greeting(turn) }));
  const forAgent = input !== undefined && consentAnswer(turn, input) === 'agent';
  if (forAgent) turn.say(turn.t('menu:agentNoted'));
  const worthKeeping = input && intent !== 'greet' && intent !== 'menu' && intent !== 'switch_language';
  const part = worthKeeping && !forAgent ? toPart(input) : undefined;
  const letters = part !== undefined && writesLetters(turn);
  if (letters) turn.say(turn.t('letter:kept'));
  askConsent(turn, false);
  const lines = letters ? linesToFillIn(turn, profileFromLetters(turn.profile, [part], '')) : '';
  if (lines !== '') turn.say(turn.t('letter:withConsent', { lines }));
  if (input) explainRefusal(turn, input);
  const state: MenuState = { at: 'consent', held: part ? [part] : [], askedAt: seconds(turn) };
  return { do: 'wait', state: forAgent ? { ...state, forAgent } : state };
}

/** Consent by UU 27/2022, once per contact; what is written meanwhile is kept for afterwards. */
async function askedForConsent(turn: Turn, state: MenuState, input: Input): Promise<Outcome> {
  const answer = consentAnswer(turn, input);
  if (answer === 'yes') return agreed(turn, state, restOfLetter(input));
  if (answer === 'info') return { do: 'begin', dialog: 'service-info', options: { text: '' }, state };
  if (answer === 'language') {
    switchLanguage(turn, input.kind === 'text' ? input.text : '');
    askConsent(turn, state.refused === true);
    return { do: 'wait', state: { ...state, askedAt: seconds(turn) } };
  }
  if (answer === 'agent') {
    turn.say(turn.t('menu:consentForAgent'), { choices: consentChoices(turn) });
    return { do: 'wait', state: { ...state, forAgent: true, askedAt: seconds(turn) } };
  }
  if (answer === 'no') {
    await recordConsent(turn, 'consent-refused');
    askConsent(turn, true);
    return { do: 'wait', state: { ...state, refused: true, askedAt: seconds(turn) } };
  }
  explainRefusal(turn, input);
  if (input.kind === 'text' && recogniseCommand(input.text)) {
    turn.say(turn.t('menu:consentAgain'), { choices: consentChoices(turn) });
    return { do: 'wait', state: { ...state, askedAt: seconds(turn) } };
  }
  const part = toPart(input);
  const held = keepPart(turn, state.held, part);
  if (held && part && isSameBreath(turn, state)) return { do: 'wait', state: { ...state, held } };
  turn.say(turn.t(held && part ? 'menu:consentFirst' : 'menu:consentAgain'), {
    choices: consentChoices(turn),
  });
  return { do: 'wait', state: { ...state, held: held ?? state.held, askedAt: seconds(turn) } };
}

/** Sure enough to take a word for a request while consent is asked for. */
const SURE = 0.9;

type ConsentAnswer = 'yes' | 'no' | 'info' | 'language' | 'agent';

function consentAnswer(turn: Turn, input: Input): ConsentAnswer | undefined {
  if (input.kind === 'choice') {
    if (input.choice === 'consent:yes') return 'yes';
    if (input.choice === 'consent:no') return 'no';
    if (input.choice === 'menu:language') return 'language';
    if (input.choice === 'menu:agent' || input.choice === 'command:agent') return 'agent';
    return input.choice === 'menu:info' ? 'info' : undefined;
  }
  if (input.kind !== 'text') return undefined;
  if (/^(saya )?(tidak|tdk|nggak|gak|kurang) setuju\b/iu.test(input.text.trim())) return 'no';
  if (/^(ya,? )?(saya )?(setuju|i agree|agree)\b/iu.test(input.text.trim())) return 'yes';
  const command = recogniseCommand(input.text);
  if (command) return command === 'yes' || command === 'no' || command === 'agent' ? command : undefined;
  const { intent, intentConfidence } = understand(input.text, { now: turn.now });
  if (intentConfidence < SURE) return undefined;
  if (intent === 'switch_language') return 'language';
  return intent === 'service_info' ? 'info' : undefined;
}

async function agreed(turn: Turn, before: MenuState, rest: string): Promise<Outcome> {
  turn.consentAt = turn.now;
  await recordConsent(turn, 'consent-given');
  turn.say(turn.t('menu:consentThanks'));
  const letters = writesLetters(turn);
  const state = letters ? { ...before, held: questionInRest(before.held, rest) } : before;
  if (letters) turn.profile = profileFromLetters(turn.profile, before.held, rest);
  if (state.forAgent) return route(turn, 'talk_to_agent', '', menuState(turn));
  if (state.held.length === 0) return showMenu(turn);
  const [first] = state.held;
  const { intent } = understand(first?.kind === 'text' ? first.text : '', { now: turn.now });
  const single = state.held.length === 1 || (letters && intent !== 'consult');
  if (single && intent !== 'unknown' && first?.kind === 'text') {
    return route(turn, intent, first.text, menuState(turn));
  }
  return offerHeld(turn, { ...menuState(turn), held: state.held }, intent);
}

async function recordConsent(turn: Turn, name: 'consent-given' | 'consent-refused'): Promise<void> {
  await recordFact(turn.services, {
    key: `${name}:${turn.key}`,
    name,
    at: turn.now,
    channel: turn.conversation.channel,
    ticketId: null,
    conversationId: turn.conversation._id,
    staffId: null,
    staffName: null,
    facts: {},
  });
}

async function takeInput(turn: Turn, state: MenuState, input: Input, returning: boolean): Promise<Outcome> {
  if (input.kind === 'choice') return takeMenuChoice(turn, state, input.choice, input.more);
  if (explainRefusal(turn, input)) return { do: 'wait', state };
  const command = input.kind === 'text' ? recogniseCommand(input.text) : undefined;
  if (command) return obey(turn, state, command);
  const part = toPart(input);
  if (!part) return showMenu(turn);
  const follows = state.held.length > 0 && isSameBreath(turn, state);
  if (follows || part.kind === 'file') {
    const held = keepPart(turn, state.held, part);
    if (held && follows) return { do: 'wait', state: { ...state, held } };
    return offerHeld(turn, { ...state, held: held ?? state.held }, 'unknown');
  }
  const { intent } = understand(part.text, { now: turn.now });
  if (returning && intent !== 'greet') greetAgain(turn);
  return route(turn, intent, part.text, state);
}

/** Short words at the menu: an answer to what was offered, or a polite nod. */
async function obey(turn: Turn, state: MenuState, command: Command): Promise<Outcome> {
  if (command === 'yes' && state.held.length > 0) return acceptHeld(turn, state);
  const nod = command === 'yes' || command === 'done' || command === 'skip' || command === 'no';
  if (!nod || state.held.length > 0) return showMenu(turn);
  turn.misses = 0;
  turn.say(turn.t('menu:acknowledged'));
  return { do: 'wait', state };
}

function askConsent(turn: Turn, refused: boolean): void {
  const { phone, email } = turn.services.config.contact;
  const choices = refused
    ? [...consentChoices(turn), { id: 'menu:info', title: turn.t('menu:items.info') }]
    : consentChoices(turn);
  turn.say(turn.t(refused ? 'menu:consentRefused' : 'menu:consent', { phone, email }), { choices });
}

function consentChoices(turn: Turn): { id: string; title: string }[] {
  return [
    { id: 'consent:yes', title: turn.t('menu:consentYes') },
    { id: 'consent:no', title: turn.t('menu:consentNo') },
    { id: 'menu:language', title: turn.t('menu:items.language') },
  ];
}

function isSameBreath(turn: Turn, state: MenuState): boolean {
  return seconds(turn) - state.askedAt <= SAME_BREATH_SECONDS;
}

function seconds(turn: Turn): number {
  return Math.floor(turn.now.getTime() / 1000);
}
