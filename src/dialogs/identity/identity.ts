import { defineDialog, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import type { Profile } from '../../models/conversation.js';
import type { Choice } from '../../models/message.js';
import { recogniseCommand, regionByCode, regionTitle } from '../../language/index.js';
import { asksSomething } from '../asks-something.js';
import { countMiss } from '../count-miss.js';
import { explainRefusal } from '../explain-refusal.js';
import { keepPart } from '../keep-part.js';
import { linesToFillIn, writesLetters } from '../letter.js';
import { toPart, type QuestionPart } from '../question-part.js';
import { asksIfNeeded, isNothing } from './if-needed.js';
import { recogniseCorrection, type SlotCorrection } from './recognise-correction.js';
import { doubtingEmail, recogniseSlot, type Recognition } from './recognise-slot.js';
import { isFilled, nextSlot, OPTIONAL_SLOTS, SLOTS, type Slot } from './slots.js';
import { factsIn, regionFacts, toldBeside, toldSlots, withFacts } from './told-facts.js';

export interface IdentityOptions {
  profile: Profile;
  /** Ask this again and nothing else. */
  only?: Slot;
  /** The answer that came with the wish to change it. */
  answer?: Recognition;
}

export interface IdentityResult {
  profile: Profile;
  /** Files and questions the user sent while being asked; they belong to the question. */
  parts: QuestionPart[];
}

interface State {
  profile: Profile;
  asking: Slot;
  only: boolean;
  skipped: Slot[];
  parts: QuestionPart[];
  /** A correction to confirm ("gmail.com?"). */
  suggestion?: string;
}

/** Asks who the user is, one thing at a time; several facts in one message fill several answers (R-A1). */
export const identity = defineDialog<State, IdentityOptions>({
  name: 'identity',

  begin(turn, { profile, only, answer }) {
    const start = { profile, skipped: [], parts: [] };
    if (only) {
      const asking = { ...start, asking: only, only: true };
      return answer ? take(turn, asking, answer) : ask(turn, asking);
    }
    const first = nextSlot(profile, []);
    if (first && answer) return take(turn, { ...start, asking: first, only: false }, answer);
    return first ? ask(turn, { ...start, asking: first, only: false }) : end(profile, []);
  },

  continue(turn, state, input) {
    if (explainRefusal(turn, input)) return ask(turn, state);
    if (input.kind === 'file') return keepFile(turn, state, input);
    if (input.kind === 'choice') return takeChoice(turn, state, input.choice);
    if (input.kind !== 'text') return { do: 'wait', state };
    const command = recogniseCommand(input.text);
    if (state.suggestion && command === 'yes') return advance(turn, state, { email: state.suggestion });
    if (state.suggestion && command === 'no') return ask(turn, without(state));
    if (asksIfNeeded(input.text, state.asking)) return tellIfNeeded(turn, state);
    if (isNothing(input.text, state.asking)) return skip(turn, withoutFact(state));
    if (command === 'skip') return skip(turn, state);
    const told = writesLetters(turn) && !state.only ? factsIn(input.text) : {};
    if (Object.keys(told).length > 1) return takeLetter(turn, state, told);
    const correction = recogniseCorrection(turn, input.text);
    const filled = correction && isFilled(state.profile, correction.slot);
    if (correction && (filled || correction.slot === state.asking || !correction.answer))
      return correct(turn, without(state), correction);
    return takeAnswer(turn, state, input.text);
  },

  reprompt(turn, state) {
    ask(turn, state);
  },

  takeAlong: (turn, state, result) => ({ ...state, parts: keepParts(turn, state.parts, result) }),

  // "Staf" is a post as well as a word for a person to talk to.
  expects: (state, text) =>
    asksIfNeeded(text, state.asking) ||
    ((state.asking === 'position' || state.asking === 'name') &&
      /^(?:saya )?(?:staf|staff|admin|operator|pegawai|agen)\b/iu.test(text)),

  back(turn, state) {
    if (state.only) return undefined;
    const before = SLOTS[SLOTS.indexOf(state.asking) - 1];
    if (!before) return undefined;
    return ask(turn, {
      ...without(state),
      asking: before,
      skipped: state.skipped.filter((slot) => slot !== before),
    });
  },
});

/** A question written too early is kept; facts that were not asked for yet are taken. */
function takeAnswer(turn: Turn, state: State, text: string): Outcome {
  if (!asksSomething(text)) return take(turn, state, recogniseSlot(state.asking, text, state.profile));
  const parts = keepPart(turn, state.parts, { kind: 'text', text });
  if (parts) turn.say(turn.t('identity:questionKept'));
  const kept = { ...without(state), parts: parts ?? state.parts };
  const facts = toldBeside(text);
  return toldSlots(facts).length === 0 ? ask(turn, kept) : take(turn, kept, doubtingEmail(facts));
}

/** Several answers in one letter; an address that looks mistyped is worth another one. */
function takeLetter(turn: Turn, state: State, told: Profile): Outcome {
  const answer = doubtingEmail(told);
  return answer.kind === 'filled' ? advance(turn, state, told) : take(turn, state, answer);
}

function take(turn: Turn, state: State, recognition: Recognition): Outcome {
  switch (recognition.kind) {
    case 'filled': {
      const { facts } = recognition;
      const told = toldSlots(facts);
      if (told.includes(state.asking)) return advance(turn, state, facts);
      acknowledge(turn, state.profile, facts);
      return ask(turn, { ...without(state), profile: withFacts(state.profile, facts) });
    }
    case 'regions':
      turn.say(turn.t('identity:regionWhich'), {
        choices: recognition.regions.map((region) => ({
          id: `region:${region.code}`,
          title: regionTitle(region),
        })),
      });
      return { do: 'wait', state };
    case 'suggestion':
      turn.say(turn.t('identity:emailSuggestion', { email: recognition.email }), { choices: yesNo(turn) });
      return {
        do: 'wait',
        state: {
          ...state,
          asking: 'email',
          profile: { ...state.profile, ...recognition.facts },
          suggestion: recognition.email,
        },
      };
    case 'miss':
      return missed(turn, without(state));
  }
}

/** Says what was noted or changed though something else was asked; what was known is not mentioned. */
function acknowledge(turn: Turn, before: Profile, facts: Profile): void {
  const news = toldSlots(facts).filter((slot) => {
    const fact = slot === 'region' ? 'regionCode' : slot;
    return facts[fact] !== before[fact];
  });
  if (news.length === 0) return;
  const changed = news.some((slot) => isFilled(before, slot));
  const label = news.map((slot) => turn.t(`identity:labels.${slot}`)).join(', ');
  turn.say(turn.t(changed ? 'identity:corrected' : 'identity:noted', { label }));
}

function missed(turn: Turn, state: State): Outcome {
  const offers = countMiss(turn);
  const retry = turn.t(`identity:retry.${state.asking}`);
  turn.say(offers.length > 0 ? `${retry}\n\n${turn.t('common:offerPerson')}` : retry, {
    choices: [...offers, ...skipChoice(turn, state.asking)],
    numbered: false,
  });
  return { do: 'wait', state };
}

/** What was given before is changed at once, or asked again; then the form goes on with what is missing. */
function correct(turn: Turn, state: State, { slot, answer }: SlotCorrection): Outcome {
  const asking = { ...state, asking: slot };
  if (!answer) return ask(turn, isFilled(state.profile, slot) ? asking : state);
  return take(turn, answer.kind === 'filled' ? state : asking, answer);
}

function takeChoice(turn: Turn, state: State, choice: string): Outcome {
  const region = choice.startsWith('region:') ? regionByCode(choice.slice('region:'.length)) : undefined;
  if (region) return advance(turn, state, regionFacts(region));
  if (choice === 'skip') return skip(turn, withoutFact(state));
  if (choice === 'yes' && state.suggestion) return advance(turn, state, { email: state.suggestion });
  return ask(turn, without(state));
}

function advance(turn: Turn, state: State, facts: Profile): Outcome {
  const profile = withFacts(state.profile, facts);
  // Asked for in one letter with the rest; what was left out there is not worth another one.
  const skipped = writesLetters(turn) ? [...OPTIONAL_SLOTS] : state.skipped;
  const next = state.only ? undefined : nextSlot(profile, skipped);
  const moved = { ...without(state), profile, skipped };
  return next ? ask(turn, { ...moved, asking: next }) : end(profile, state.parts);
}

function skip(turn: Turn, state: State): Outcome {
  if (!OPTIONAL_SLOTS.has(state.asking)) {
    turn.say(turn.t(`identity:required.${state.asking}`));
    return ask(turn, state);
  }
  const skipped = [...state.skipped, state.asking];
  const next = state.only ? undefined : nextSlot(state.profile, skipped);
  const moved = { ...without(state), skipped };
  return next ? ask(turn, { ...moved, asking: next }) : end(state.profile, state.parts);
}

/** A document sent early is not lost: it goes with the question. */
function keepFile(turn: Turn, state: State, input: Input): Outcome {
  const parts = keepPart(turn, state.parts, toPart(input));
  if (parts) turn.say(turn.t('identity:fileKept'));
  return ask(turn, { ...state, parts: parts ?? state.parts });
}

function keepParts(turn: Turn, parts: QuestionPart[], more: unknown): QuestionPart[] {
  return (more as QuestionPart[]).reduce((kept, part) => keepPart(turn, kept, part) ?? kept, parts);
}

function ask(turn: Turn, state: State): Outcome {
  const { asking, profile } = state;
  if (writesLetters(turn) && !state.only) {
    turn.say(turn.t('letter:missing', { lines: linesToFillIn(turn, profile, state.skipped) }));
    return { do: 'wait', state };
  }
  const key = isFilled(profile, asking) ? 'again' : 'ask';
  const choices = skipChoice(turn, asking);
  turn.say(turn.t(`identity:${key}.${asking}`, { name: (profile.name ?? '').replace(/\.$/u, '') }), {
    choices,
    numbered: false,
  });
  return { do: 'wait', state };
}

function skipChoice(turn: Turn, slot: Slot): Choice[] {
  return OPTIONAL_SLOTS.has(slot) ? [{ id: 'skip', title: turn.t(`identity:skip.${slot}`) }] : [];
}

function yesNo(turn: Turn): Choice[] {
  return [
    { id: 'yes', title: turn.t('common:choices.yes') },
    { id: 'no', title: turn.t('common:choices.no') },
  ];
}

function tellIfNeeded(turn: Turn, state: State): Outcome {
  const kind = OPTIONAL_SLOTS.has(state.asking) ? 'optional' : 'required';
  turn.say(turn.t(`identity:${kind}.${state.asking}`));
  return ask(turn, state);
}

/** Whoever says that there is none takes back what they gave before. */
function withoutFact(state: State): State {
  if (!OPTIONAL_SLOTS.has(state.asking)) return state;
  const gone: readonly string[] = state.asking === 'region' ? ['regionCode', 'regionName'] : [state.asking];
  const kept = Object.entries(state.profile).filter(([fact]) => !gone.includes(fact));
  return { ...state, profile: Object.fromEntries(kept) };
}

function without(state: State): State {
  const { suggestion: _, ...rest } = state;
  return rest;
}

function end(profile: Profile, parts: QuestionPart[]): Outcome {
  const result: IdentityResult = { profile, parts };
  return { do: 'end', result };
}
