import { compareStrings } from '../../bson/compare.js';
import { int } from '../../bson/number.js';
import {
  doc,
  isDecimal,
  isInt32,
  isNullish,
  isNumeric,
  isRegex,
  type Maybe,
  type Numeric,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { toRegExp } from '../regex.js';
import { binary, counted, integerOf, lazy, named, type NamedValues, unary } from './arguments.js';
import type { OperatorCompiler, Operators } from './types.js';

export const strings: Operators = {
  $concat: lazy(concat),
  $toUpper: unary((value) => coerced(value).replace(/[a-z]/g, (char) => char.toUpperCase())),
  $toLower: unary((value) => coerced(value).replace(/[A-Z]/g, (char) => char.toLowerCase())),
  $substrCP: counted(3, 3, ([value, start, length]) => substring(value, start, length)),
  $strLenCP: unary((value, name) => int(Array.from(textOf(value, name, 34471)).length)),
  $strLenBytes: unary((value, name) => int(Buffer.byteLength(textOf(value, name, 34473)))),
  $indexOfCP: counted(2, 4, indexOf),
  $split: binary(split),
  $trim: trimmer(true, true),
  $ltrim: trimmer(true, false),
  $rtrim: trimmer(false, true),
  $strcasecmp: binary((a, b) => int(Math.sign(compareStrings(upper(coerced(a)), upper(coerced(b)))))),
  $replaceOne: replacer((input, find, replacement) => input.replace(find, () => replacement)),
  $replaceAll: replacer((input, find, replacement) => input.replaceAll(find, () => replacement)),
  $regexMatch: searcher((input, pattern) => pattern.test(input), false),
  $regexFind: searcher((input, pattern) => {
    const match = pattern.exec(input);
    return match ? foundMatch(match, input) : null;
  }, null),
  $regexFindAll: searcher(
    (input, pattern) =>
      [...input.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map((match): Value =>
        foundMatch(match, input),
      ),
    [],
  ),
};

const upper = (text: string): string => text.replace(/[a-z]/g, (char) => char.toUpperCase());

function concat(values: Iterable<Maybe>): Maybe {
  let out = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string')
      throw new MongoError(16702, `$concat only supports strings, not ${typeName(value)}`);
    out += value;
  }
  return out;
}

function textOf(value: Maybe, name: string, code: number): string {
  if (typeof value === 'string') return value;
  throw new MongoError(code, `${name} requires a string argument, found: ${typeName(value)}`);
}

/** Numbers and dates as text where an operator takes them for strings. */
function coerced(value: Maybe): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  if (isNumeric(value)) return numberText(value);
  if (value instanceof Date) return value.toISOString();
  throw new MongoError(16007, `can't convert from BSON type ${typeName(value)} to String`);
}

/** A number as $toString writes it. */
export function numberText(value: Numeric): string {
  if (isInt32(value)) return String(value.value);
  if (typeof value !== 'number') return isDecimal(value) ? value.toString() : String(value);
  if (Object.is(value, -0)) return '-0';
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e15)) return String(value);
  return exponentText(value);
}

/** Doubles outside the plain range: shortest digits, exponent with a sign and at least two digits. */
function exponentText(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${digits}e${sign}${exponent.slice(1).padStart(2, '0')}`;
}

function substring(value: Maybe, start: Maybe, length: Maybe): Maybe {
  const from = integerOf(start, '$substrCP: starting index', 34450);
  const count = integerOf(length, '$substrCP: length', 34452);
  if (from < 0) throw new MongoError(34455, '$substrCP: the starting index must be nonnegative integer.');
  if (count < 0) throw new MongoError(34456, '$substrCP: length must be a nonnegative integer.');
  return Array.from(coerced(value))
    .slice(from, from + count)
    .join('');
}

function indexOf([text, wanted, start, end]: Maybe[]): Maybe {
  if (isNullish(text)) return null;
  const points = Array.from(textOf(text, '$indexOfCP', 40093));
  const token = Array.from(textOf(wanted, '$indexOfCP', 40094));
  const from = start === undefined ? 0 : boundOf(start);
  const to = end === undefined ? points.length : Math.min(boundOf(end), points.length);
  for (let i = from; i + token.length <= to; i += 1) {
    if (token.every((point, offset) => points[i + offset] === point)) return int(i);
  }
  return int(-1);
}

function boundOf(value: Maybe): number {
  const bound = integerOf(value, '$indexOfCP index', 40096);
  if (bound < 0) throw new MongoError(40097, `$indexOfCP requires a nonnegative index, found: ${bound}`);
  return bound;
}

function split(text: Maybe, separator: Maybe): Maybe {
  if (isNullish(text) || isNullish(separator)) return null;
  if (typeof text !== 'string')
    throw new MongoError(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text)}`,
    );
  if (typeof separator !== 'string')
    throw new MongoError(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
    );
  if (separator === '') throw new MongoError(40087, '$split requires a non-empty separator');
  return text.split(separator);
}

const WHITESPACE = new Set(
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
);

function trimmer(left: boolean, right: boolean): OperatorCompiler {
  const shape = {
    required: ['input'],
    optional: ['chars'],
    codes: { notObject: 50696, unknown: 50694, missing: 50695 },
  };
  return named(shape, ({ input, chars }, given, name) => {
    if (isNullish(input)) return null;
    const text = textOf(input, name, 50699);
    if (given.has('chars') && isNullish(chars)) return null;
    if (given.has('chars') && typeof chars !== 'string') {
      throw new MongoError(50700, `${name} requires 'chars' to be a string, got ${typeName(chars)} instead.`);
    }
    const stripped = typeof chars === 'string' ? new Set(chars) : WHITESPACE;
    const points = Array.from(text);
    let from = 0;
    let to = points.length;
    while (left && from < to && stripped.has(points[from] ?? '')) from += 1;
    while (right && to > from && stripped.has(points[to - 1] ?? '')) to -= 1;
    return points.slice(from, to).join('');
  });
}

function replacer(replace: (input: string, find: string, replacement: string) => string): OperatorCompiler {
  const shape = {
    required: ['input', 'find', 'replacement'],
    codes: { notObject: 51751, unknown: 51750, missing: 51749 },
  };
  return named(shape, ({ input, find, replacement }, _given, name) => {
    const wrong = [input, find, replacement].find((value) => !isNullish(value) && typeof value !== 'string');
    if (wrong !== undefined)
      throw new MongoError(
        51746,
        `${name} requires that its arguments be strings, found: ${typeName(wrong)}`,
      );
    if (typeof input !== 'string' || typeof find !== 'string' || typeof replacement !== 'string') return null;
    if (find === '') throw refusal(`${name} of an empty text`, 168);
    return replace(input, find, replacement);
  });
}

function searcher(search: (input: string, pattern: RegExp) => Maybe, nothing: Maybe): OperatorCompiler {
  const shape = {
    required: ['input', 'regex'],
    optional: ['options'],
    codes: { notObject: 51103, unknown: 31024, missing: 31022 },
  };
  return named(shape, (values, _given, name) => {
    const pattern = patternOf(values, name);
    if (!isNullish(values.input) && typeof values.input !== 'string') {
      throw new MongoError(51104, `${name} needs 'input' to be of type string`);
    }
    return typeof values.input === 'string' && pattern ? search(values.input, pattern) : nothing;
  });
}

function patternOf({ regex, options }: NamedValues, name: string): RegExp | undefined {
  if (isNullish(regex)) return undefined;
  if (typeof regex !== 'string' && !isRegex(regex))
    throw new MongoError(51105, `${name} needs 'regex' to be of type string or regex`);
  if (!isNullish(options) && typeof options !== 'string')
    throw new MongoError(51106, `${name} needs 'options' to be of type string`);
  if (isRegex(regex) && regex.options && typeof options === 'string') {
    throw new MongoError(
      51107,
      `${name}: found regex option(s) specified in both 'regex' and 'option' fields`,
    );
  }
  return toRegExp(regex, typeof options === 'string' ? options : undefined);
}

const foundMatch = (match: RegExpExecArray, input: string): Value =>
  doc({
    match: match[0],
    idx: int(Array.from(input.slice(0, match.index)).length),
    captures: match.slice(1).map((part: string | undefined) => part ?? null),
  });
