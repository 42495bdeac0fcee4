import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand, understand } from '../../language/index.js';
import { recordFact } from '../../services/facts/record-fact.js';
import { anger, calm } from '../calm.js';
import { explainRefusal } from '../explain-refusal.js';
import { keepPart } from '../keep-part.js';
import { linesToFillIn, profileFromLetters, questionInRest, restOfLetter, writesLetters } from '../letter.js';
import { presence } from '../presence.js';
import { toPart, type QuestionPart } from '../question-part.js';
import { switchLanguage } from '../switch-language.js';
import { greeting } from './greeting.js';
import { introduced } from './introduced.js';
import { isSameBreath, newMenuState, secondsNow, type MenuState } from './menu-state.js';
import { offerHeld, route, showMenu } from './route-intent.js';

/** The first words of a conversation: who speaks, what is recorded, and whether the user agrees (UU 27/2022). */
export function meet(turn: Turn, input: Input | undefined): Outcome {
  const text = input?.kind === 'text' ? input.text : '';
  const { intent, language } = understand(text, { now: turn.now });
  if (language === 'en') turn.language = 'en';
  const { state: staff, opening } = presence(turn);
  const welcome = turn.t('menu:welcome', { greeting: greeting(turn) });
  turn.say(staff === 'closed' ? `${welcome}\n\n${turn.t('menu:closedNow', { opening })}` : welcome);
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
  const state: MenuState = { at: 'consent', held: part ? [part] : [], askedAt: secondsNow(turn) };
  return { do: 'wait', state: forAgent ? { ...state, forAgent } : state };
}

/** Consent by UU 27/2022, once per contact; what is written meanwhile is kept for afterwards. */
export async function askedForConsent(turn: Turn, state: MenuState, input: Input): Promise<Outcome> {
  const asked = { ...state, askedAt: secondsNow(turn) };
  switch (consentAnswer(turn, input)) {
    case 'yes':
      return agreed(turn, state, restOfLetter(input));
    case 'info':
      return {
        ...{ do: 'begin', dialog: 'service-info', state },
        options: { text: input.kind === 'text' ? input.text : '' },
      };
    case 'language':
      switchLanguage(turn, input.kind === 'text' ? input.text : '');
      askConsent(turn, state.refused === true);
      return { do: 'wait', state: asked };
    case 'agent':
      turn.say(turn.t('menu:consentForAgent'), { choices: consentChoices(turn) });
      return { do: 'wait', state: { ...asked, forAgent: true } };
    case 'no':
      await recordConsent(turn, 'consent-refused');
      askConsent(turn, true);
      return { do: 'wait', state: { ...asked, refused: true } };
    case undefined:
      explainRefusal(turn, input);
      return hold(turn, state, input);
  }
}

/** Asks again, in fewer words. */
export function askAgain(turn: Turn, state: MenuState, key = 'menu:consentAgain'): Outcome {
  turn.say(turn.t(key), { choices: consentChoices(turn) });
  return { do: 'wait', state: { ...state, askedAt: secondsNow(turn) } };
}

function hold(turn: Turn, state: MenuState, input: Input): Outcome {
  if (input.kind === 'text' && recogniseCommand(input.text)) return askAgain(turn, state);
  const part = toPart(input);
  const held = keepPart(turn, state.held, part);
  if (held && part && isSameBreath(turn, state)) return { do: 'wait', state: { ...state, held } };
  const key = held && part ? 'menu:consentFirst' : 'menu:consentAgain';
  return askAgain(turn, { ...state, held: held ?? state.held }, key);
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
  const text = input.text.trim();
  if (/^(saya )?(tidak|tdk|nggak|gak|ga|ngga|kurang|belum) setuju\b/iu.test(text)) return 'no';
  if (/^(ya,? )?(saya )?(setuju|i agree|agree)\b/iu.test(text) && !text.includes('?')) return 'yes';
  const command = recogniseCommand(text);
  // A question is no consent, whatever words it is made of.
  if (command === 'yes') return text.includes('?') ? undefined : 'yes';
  if (command) return command === 'no' || command === 'agent' ? command : undefined;
  const { intent, intentConfidence } = understand(text, { now: turn.now });
  if (intentConfidence < SURE) return undefined;
  if (intent === 'switch_language') return 'language';
  return intent === 'service_info' ? 'info' : undefined;
}

async function agreed(turn: Turn, state: MenuState, rest: string): Promise<Outcome> {
  turn.consentAt = turn.now;
  await recordConsent(turn, 'consent-given');
  const letters = writesLetters(turn);
  if (letters) turn.profile = profileFromLetters(turn.profile, state.held, rest);
  const written = letters ? questionInRest(state.held, rest) : state.held;
  const upset = written.some((part) => part.kind === 'text' && isOutburst(turn, part.text));
  const held = written.filter((part) => part.kind === 'file' || isMatter(turn, part.text));
  const { name } = turn.profile;
  turn.say(turn.t(name === undefined ? 'menu:consentThanks' : 'menu:consentThanksNamed', { name }));
  const menu = newMenuState(turn);
  if (state.forAgent) return route(turn, 'talk_to_agent', '', menu);
  const [first] = held;
  if (!first && upset) {
    calm(turn);
    return { do: 'wait', state: menu };
  }
  if (!first) return showMenu(turn, menu);
  const intents = held.map((part) => intentOf(turn, part));
  const intent = intents.find((found) => found !== 'unknown') ?? 'unknown';
  const single = held.length === 1 || (letters && intent !== 'consult');
  if (single && first.kind === 'text' && intent !== 'unknown') {
    return route(turn, intent, first.text, { ...menu, held: held.slice(1) });
  }
  return offerHeld(turn, { ...menu, held }, intent);
}

/** False for greetings, introductions and outbursts: the first is answered, the second noted, the last met calmly. */
function isMatter(turn: Turn, text: string): boolean {
  if (isOutburst(turn, text)) return false;
  const intent = intentOf(turn, { kind: 'text', text });
  return intent !== 'greet' && intent !== 'thanks' && !(intent === 'unknown' && introduced(turn, text));
}

/** Anger that asks for nothing: no complaint is made of a swear word. */
function isOutburst(turn: Turn, text: string): boolean {
  const intent = intentOf(turn, { kind: 'text', text });
  return anger(turn, text) === 'outburst' && (intent === 'complain' || intent === 'unknown');
}

function intentOf(turn: Turn, part: QuestionPart): ReturnType<typeof understand>['intent'] {
  return part.kind === 'text' ? understand(part.text, { now: turn.now }).intent : 'unknown';
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
