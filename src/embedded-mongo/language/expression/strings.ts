import { int } from '../../bson/number.js';
import {
  isDecimal,
  isInt32,
  isNullish,
  isNumeric,
  isRegex,
  isTimestamp,
  type Maybe,
  type Numeric,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { toRegExp } from '../regex.js';
import {
  argumentList,
  isLacking,
  lazy,
  type Names,
  named,
  namedParts,
  positional,
  strict,
} from './arguments.js';
import { Need } from './need.js';
import { atOnce, type Compile, type Expression, type OperatorCompiler, type Operators } from './types.js';

export const strings: Operators = {
  $concat: lazy((values, need) => {
    let out = '';
    for (const value of values) {
      if (isNullish(value)) return null;
      out += need.text(value, 16702);
    }
    return out;
  }),
  // The server changes the case of ASCII letters only.
  $toUpper: positional(1, 1, ([value], need) =>
    asText(value, need).replace(/[a-z]/g, (char) => char.toUpperCase()),
  ),
  $toLower: positional(1, 1, ([value], need) =>
    asText(value, need).replace(/[A-Z]/g, (char) => char.toLowerCase()),
  ),
  $substrCP: positional(3, 3, substring),
  $strLenCP: positional(1, 1, ([value], need) => int(Array.from(need.text(value, 34471)).length)),
  $indexOfCP: indexOf,
  $split: strict(2, 2, ([value, by], need) => {
    const [text, separator] = [need.text(value, 40085), need.text(by, 40086)];
    if (separator === '') throw need.error(40087, 'the separator must not be empty');
    return text.split(separator);
  }),
  $trim: trimmer(true, true),
  $ltrim: trimmer(true, false),
  $rtrim: trimmer(false, true),
  $replaceOne: replacer((input, find, replacement) => input.replace(find, () => replacement)),
  $replaceAll: replacer((input, find, replacement) => input.replaceAll(find, () => replacement)),
  $regexMatch: regexMatch,
};

/** Integers and dates as text where an operator takes them for strings. */
function asText(value: Maybe, need: Need): string {
  if (isNullish(value)) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint' || isInt32(value)) return numberText(value);
  if (isNumeric(value) || isTimestamp(value)) throw need.refused(`of a ${typeName(value)}`);
  return need.text(value, 16007);
}

/** A number as $toString writes it. */
export function numberText(value: Numeric): string {
  if (isInt32(value)) return String(value.value);
  if (typeof value !== 'number') return isDecimal(value) ? value.toString() : String(value);
  if (Object.is(value, -0)) return '-0';
  const size = Math.abs(value);
  if (!Number.isFinite(value) || value === 0 || (size >= 1e-4 && size < 1e16)) return String(value);
  // Beyond that the shortest digits, and an exponent with a sign and at least two digits.
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

function substring([value, start, length]: Maybe[], need: Need): Maybe {
  const from = need.int32(start, 34450, 34451);
  const count = need.int32(length, 34452, 34453);
  if (from < 0) throw need.error(34455, 'the starting index must not be negative');
  if (count < 0) throw need.error(34456, 'the length must not be negative');
  const points = Array.from(asText(value, need));
  return points.slice(from, from + count).join('');
}

/** Arguments are evaluated one by one: without a text to search, what is searched for cannot fail. */
function indexOf(argument: Value, compile: Compile, name: string): Expression {
  const [value, wanted, ...range] = argumentList(argument, compile);
  if (!value || !wanted || range.length > 2) throw new MongoError(28667, `${name} takes 2 to 4 arguments`);
  const need = new Need(name);
  return (...given) => {
    const found = value(...given);
    if (isNullish(found)) return null;
    const text = need.text(found, 40093);
    const token = need.text(wanted(...given), 40094);
    if (range.length) throw need.refused('within a range');
    const at = text.indexOf(token);
    return int(at < 0 ? at : Array.from(text.slice(0, at)).length);
  };
}

const WHITESPACE =
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trimmer(left: boolean, right: boolean): OperatorCompiler {
  const names: Names = { required: ['input'], optional: ['chars'], codes: [50696, 50694, 50695] };
  return named(names, (values, need) => {
    const { input, chars = WHITESPACE } = values;
    if (isNullish(input)) return null;
    const points = Array.from(need.text(input, 50699));
    if (isLacking(values, 'chars')) return null;
    const stripped = new Set(need.text(chars, 50700));
    let [from, to] = [0, points.length];
    while (left && from < to && stripped.has(points[from] ?? '')) from += 1;
    while (right && to > from && stripped.has(points[to - 1] ?? '')) to -= 1;
    return points.slice(from, to).join('');
  });
}

function replacer(replace: (input: string, find: string, replacement: string) => string): OperatorCompiler {
  const names: Names = { required: ['input', 'find', 'replacement'], codes: [51751, 51750, 51749] };
  return named(names, ({ input, find, replacement }, need) => {
    if (!isNullish(find)) need.text(find, 10503903);
    if (!isNullish(input)) need.text(input, 10503904);
    if (!isNullish(replacement)) need.text(replacement, 10503905);
    if (typeof input !== 'string' || typeof find !== 'string' || typeof replacement !== 'string') return null;
    if (find === '') throw need.refused('of an empty text');
    return replace(input, find, replacement);
  });
}

const REGEX_MATCH: Names = {
  required: ['input', 'regex'],
  optional: ['options'],
  codes: [51103, 31024, 31022],
};

/** The server reads a constant pattern at once, but matches late. */
function regexMatch(argument: Value, compile: Compile, name: string): Expression {
  const specs = namedParts(REGEX_MATCH, argument, name);
  const compiled = (key: string): Expression => compile(specs.get(key) ?? null);
  const [input, regex, options] = [compiled('input'), compiled('regex'), compiled('options')];
  const need = new Need(name);
  const read = (...given: Parameters<Expression>): RegExp | undefined =>
    patternOf(regex(...given), options(...given), need);
  const known =
    regex.constant && options.constant ? atOnce(() => constantly(read(new Map(), new Map()))) : read;
  return (...given) => {
    const text = input(...given);
    if (!isNullish(text)) need.text(text, 51104);
    const pattern = known(...given);
    return typeof text === 'string' && (pattern?.test(text) ?? false);
  };
}

const constantly =
  <T>(value: T) =>
  (): T =>
    value;

function patternOf(regex: Maybe, options: Maybe, need: Need): RegExp | undefined {
  if (!isNullish(regex) && !isRegex(regex)) need.text(regex, 51105);
  if (!isNullish(options)) need.text(options, 51106);
  if (isRegex(regex) && regex.options && typeof options === 'string')
    throw need.error(51107, 'options are given twice');
  if (typeof regex !== 'string' && !isRegex(regex)) return undefined;
  return toRegExp(regex, typeof options === 'string' ? options : undefined);
}
