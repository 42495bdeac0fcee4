import type { BSONRegExp } from 'bson';
import { isRegex } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import type { ValueTest } from './match-conditions.js';

/** A class, an escape, the opening of a group, a quantifier, or any other character. */
const PIECE = /\[\^?\]?(?:\\.|[^\]\\])*\]|\\.?|\((?:\?[:=!])?|(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})[?+]?|[^]/gsu;
const SPACES = ' \\t\\n\\v\\f\\r';
/** Escapes that mean the same in both, and the signs that need one in both. */
const SHARED = 'dDwWbBtnrf^$\\.*+?()[]{}|/';

/** Turns a MongoDB (PCRE) pattern into a RegExp of the same meaning, or refuses what has none. */
export function toRegExp(pattern: string | BSONRegExp, options?: string): RegExp {
  const source = typeof pattern === 'string' ? pattern : pattern.pattern;
  const lead = /^\(\?([imsx]+)\)/.exec(source);
  const flags = (options ?? (typeof pattern === 'string' ? '' : pattern.options)) + (lead?.[1] ?? '');
  const bad = /[^imsxu]/.exec(flags);
  if (bad) throw new MongoError(51108, `invalid flag in regex options: ${bad[0]}`);
  if (flags.includes('x')) throw unsupported('the option x');
  const body = source.slice(lead?.[0].length ?? 0);
  const translated = body.replace(PIECE, (piece, at: number) => translate(piece, flags, body[at + 1]));
  try {
    return new RegExp(translated, flags.includes('i') ? 'iu' : 'u');
  } catch {
    throw unsupported(`the pattern /${source}/`);
  }
}

const unsupported = (what: string): MongoError => refusal(`${what} of a regular expression`, 51091);

/** Test for values: a string matches, and so does the same regular expression stored as a value. */
export function regexTest(pattern: string | BSONRegExp, options?: string): ValueTest {
  const compiled = toRegExp(pattern, options);
  const source = typeof pattern === 'string' ? pattern : pattern.pattern;
  const flags = options ?? (typeof pattern === 'string' ? '' : pattern.options);
  return (value) =>
    typeof value === 'string'
      ? compiled.test(value)
      : isRegex(value) && value.pattern === source && value.options === flags;
}

function translate(piece: string, flags: string, next: string | undefined): string {
  switch (piece.charAt(0)) {
    case '.':
      return flags.includes('s') ? '[^]' : '[^\\n]';
    case '^':
      return flags.includes('m') ? '(?:^|(?<=\\n)(?!$))' : '^';
    case '$':
      return flags.includes('m') ? '(?=\\n|$)' : '(?=\\n?$)';
    case '\\':
      return translateEscape(piece[1] ?? '');
    case '[':
      return translateClass(piece);
    case '(':
      // Look-behind, named groups, conditions and verbs have other rules in PCRE.
      if (piece === '(' && (next === '?' || next === '*')) throw unsupported(`a group (${next}`);
      return piece;
    case '/':
    case ']':
    case '}':
      return `\\${piece}`;
    case '{':
      if (piece === '{') throw unsupported('a brace that is no quantifier');
      break;
  }
  if (/.\+$/.test(piece)) throw unsupported('a possessive quantifier');
  return piece;
}

function translateEscape(char: string): string {
  if (char === 's') return `[${SPACES}]`;
  if (char === 'S') return `[^${SPACES}]`;
  if (char !== '' && SHARED.includes(char)) return `\\${char}`;
  if (char === '' || /[A-Za-z0-9]/.test(char)) throw unsupported(`the escape \\${char}`);
  return char;
}

function translateClass(piece: string): string {
  if (piece.length === 1) throw new MongoError(51091, 'Regular expression is invalid: missing ]');
  if (/\[[:.=]/.test(piece.slice(1))) throw unsupported('a named class');
  const start = piece.startsWith('[^') ? '[^' : '[';
  const members = piece
    .slice(start.length, -1)
    .replace(/\\(.)|^\]/gsu, (member, char: string | undefined) => {
      if (char === undefined) return '\\]';
      if (char === 's') return SPACES;
      if ('BS'.includes(char)) throw unsupported(`the escape \\${char} in a class`);
      return char === '-' ? member : translateEscape(char);
    });
  return `${start}${members}]`;
}
