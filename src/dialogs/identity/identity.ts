import { defineDialog, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import type { Profile } from '../../models/conversation.js';
import type { Choice } from '../../models/message.js';
import { recogniseCommand, regionByCode, regionTitle } from '../../language/index.js';
import { countMiss } from '../count-miss.js';
import { explainRefusal } from '../explain-refusal.js';
import { keepPart } from '../keep-part.js';
import { linesToFillIn, writesLetters } from '../letter.js';
import { toPart, type QuestionPart } from '../question-part.js';
import { recogniseCorrection, type SlotCorrection } from './recognise-correction.js';
import { factsIn, recogniseSlot, regionFacts, type Recognition } from './recognise-slot.js';
import { isFilled, nextSlot, OPTIONAL_SLOTS, SLOTS, type Slot } from './slots.js';

export interface IdentityOptions {
  profile: Profile;
  /** Ask this again and nothing else. */
  only?: Slot;
  /** The answer that came with the wish to change it. */
  answer?: Recognition;
}

export interface IdentityResult {
  profile: Profile;
  /** Files the user sent while being asked; they belong to the question. */
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
    if (isNothing(input.text, state.asking)) return skip(turn, withoutFact(state));
    if (command === 'skip') return skip(turn, state);
    const told = writesLetters(turn) && !state.only ? factsIn(input.text) : {};
    if (Object.keys(told).length > 1) return advance(turn, state, told);
    const correction = recogniseCorrection(turn, input.text);
    if (correction && (isFilled(state.profile, correction.slot) || correction.slot === state.asking))
      return correct(turn, without(state), correction);
    return take(turn, state, recogniseSlot(state.asking, input.text, state.profile));
  },

  reprompt(turn, state) {
    ask(turn, state);
  },

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

function take(turn: Turn, state: State, recognition: Recognition): Outcome {
  switch (recognition.kind) {
    case 'filled':
      return advance(turn, state, recognition.facts);
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
    case 'miss': {
      const offers = countMiss(turn);
      turn.say(turn.t(`identity:retry.${state.asking}`), {
        choices: [...offers, ...skipChoice(turn, state.asking)],
        numbered: false,
      });
      return { do: 'wait', state: without(state) };
    }
  }
}

/** What was given before is changed at once, or asked again; then the form goes on with what is missing. */
function correct(turn: Turn, state: State, { slot, answer }: SlotCorrection): Outcome {
  const asking = { ...state, asking: slot };
  if (!answer) return ask(turn, asking);
  if (answer.kind !== 'filled' || slot === state.asking) return take(turn, asking, answer);
  turn.misses = 0;
  turn.say(turn.t('identity:corrected', { label: turn.t(`identity:labels.${slot}`) }));
  return ask(turn, { ...state, profile: { ...state.profile, ...answer.facts } });
}

function takeChoice(turn: Turn, state: State, choice: string): Outcome {
  const region = choice.startsWith('region:') ? regionByCode(choice.slice('region:'.length)) : undefined;
  if (region) return advance(turn, state, regionFacts(region));
  if (choice === 'skip') return skip(turn, withoutFact(state));
  if (choice === 'yes' && state.suggestion) return advance(turn, state, { email: state.suggestion });
  return ask(turn, without(state));
}

function advance(turn: Turn, state: State, facts: Profile): Outcome {
  turn.misses = 0;
  const profile = { ...state.profile, ...facts };
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

function ask(turn: Turn, state: State): Outcome {
  const { asking, profile } = state;
  if (writesLetters(turn) && !state.only) {
    turn.say(turn.t('letter:missing', { lines: linesToFillIn(turn, profile, state.skipped) }));
    return { do: 'wait', state };
  }
  const key = isFilled(profile, asking) ? 'again' : 'ask';
  const choices = skipChoice(turn, asking);
  turn.say(turn.t(`identity:${key}.${asking}`, { name: profile.name ?? '' }), { choices, numbered: false });
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

const NOTHING = /^(tidak (ada|punya)|tdk (ada|punya)|ga(k)? (ada|punya)|nggak (ada|punya)|none|-)$/iu;

function isNothing(text: string, slot: Slot): boolean {
  return OPTIONAL_SLOTS.has(slot) && NOTHING.test(text.trim());
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
