import { loadData } from '../load-data.js';
import type { Token } from '../text/tokens.js';

const { numbers } = loadData('date-words.json') as { numbers: Record<string, number> };
const NUMBERS = new Map([...Object.entries(numbers), ...gluedNumbers()]);

export interface WrittenNumber {
  value: number;
  end: number;
  /** How many words it takes. */
  length: number;
}

/** Numbers up to 99 in words, which is all that days, hours and minutes need. `spell` unifies a word's spelling. */
export function readNumber(
  text: string,
  tokens: readonly Token[],
  at: number,
  spell: (word: string) => string,
): WrittenNumber | undefined {
  const first = tokens[at];
  const value = first && NUMBERS.get(spell(first.norm));
  if (first === undefined || value === undefined) return undefined;
  const next = following(text, tokens, at);
  if (isDigit(value) && next?.norm === 'belas') return { value: value + 10, end: next.end, length: 2 };
  if (isDigit(value) && next?.norm === 'puluh')
    return withUnit({ value: value * 10, end: next.end, length: 2 }, following(text, tokens, at + 1), spell);
  const whole = { value, end: first.end, length: 1 };
  return value >= 20 ? withUnit(whole, next, spell) : whole;
}

/** "dua puluh" with "lima" behind it. */
function withUnit(
  tens: WrittenNumber,
  next: Token | undefined,
  spell: (word: string) => string,
): WrittenNumber {
  const unit = NUMBERS.get(spell(next?.norm ?? ''));
  if (next === undefined || unit === undefined || unit < 1 || unit > 9) return tens;
  return { value: tens.value + unit, end: next.end, length: tens.length + 1 };
}

function following(text: string, tokens: readonly Token[], at: number): Token | undefined {
  const [before, token] = [tokens[at], tokens[at + 1]];
  return before && token && /^\s{1,3}$/.test(text.slice(before.end, token.start)) ? token : undefined;
}

function isDigit(value: number): boolean {
  return value >= 2 && value <= 9;
}

/** "duabelas", "duapuluh". */
function gluedNumbers(): [string, number][] {
  return Object.entries(numbers).flatMap(([word, value]): [string, number][] =>
    isDigit(value)
      ? [
          [`${word}belas`, value + 10],
          [`${word}puluh`, value * 10],
        ]
      : [],
  );
}
