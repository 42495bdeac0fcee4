import type { Input, Turn } from '../conversation/dialog.js';
import type { Profile } from '../models/conversation.js';
import { isFilled, OPTIONAL_SLOTS, SLOTS, type Slot } from './identity/slots.js';
import { factsIn } from './identity/told-facts.js';
import { isFull, type QuestionPart } from './question-part.js';

/**
 * True where people write letters (e-mail): each costs them and us a while, so everything is asked at once, and what a
 * letter says counts as complete.
 */
export function writesLetters(turn: Pick<Turn, 'capabilities'>): boolean {
  return turn.capabilities.letters !== undefined;
}

/** What is still to be told, as lines to fill in. */
export function linesToFillIn(turn: Turn, profile: Profile, skipped: readonly Slot[] = []): string {
  return SLOTS.filter((slot) => !isFilled(profile, slot) && !skipped.includes(slot))
    .map((slot) => {
      const label = turn.t(`identity:labels.${slot}`);
      return OPTIONAL_SLOTS.has(slot) ? turn.t('letter:optional', { label }) : `${label}:`;
    })
    .join('\n');
}

/** What a letter says besides the choice it makes. */
export function restOfLetter(input: Input): string {
  if (input.kind === 'choice') return input.more ?? '';
  return input.kind === 'text' ? input.text : '';
}

/**
 * Who a person is by the letters they have written. What they told when asked counts before what is known; what a question
 * happens to mention, another address perhaps, only fills gaps.
 */
export function profileFromLetters(known: Profile, held: readonly QuestionPart[], told: string): Profile {
  const texts = held.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const filled = texts.reduce<Profile>((profile, text) => ({ ...factsIn(text), ...profile }), known);
  return { ...filled, ...factsIn(told) };
}

/** The question, when it came with the consent and not before. */
export function questionInRest(held: readonly QuestionPart[], rest: string): QuestionPart[] {
  const part: QuestionPart = { kind: 'text', text: rest };
  return held.length > 0 || !rest.includes('?') || isFull([], part) ? [...held] : [part];
}

/** What stands below the single word "konsultasi": a question that has nothing to do with the open ticket. */
export function newQuestionIn(text: string): string | undefined {
  const found = /^\s*(?:konsultasi|consultation)[.:! ]*(?:\n([^]*))?$/iu.exec(text);
  return found ? (found[1] ?? '').trim() : undefined;
}
