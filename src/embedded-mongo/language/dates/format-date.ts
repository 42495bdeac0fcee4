import type { DateTime } from 'luxon';
import { MongoError } from '../../mongo-error.js';

/** Week of the year with Sunday as first day; days before the first Sunday are week 0. */
export const sundayWeek = (time: DateTime): number => Math.floor((time.ordinal + 6 - (time.weekday % 7)) / 7);

/** Format characters of $dateToString and luxon's tokens of the same meaning. */
const TOKENS: Record<string, string> = {
  Y: 'yyyy',
  m: 'LL',
  d: 'dd',
  H: 'HH',
  M: 'mm',
  S: 'ss',
  L: 'SSS',
  j: 'ooo',
  u: 'E',
  V: 'WW',
  G: 'kkkk',
  b: 'LLL',
  B: 'LLLL',
  z: 'ZZZ',
};

function formatPart(time: DateTime, letter: string): string {
  const token = TOKENS[letter];
  if (token !== undefined) return time.toFormat(token);
  if (letter === 'w') return String((time.weekday % 7) + 1);
  if (letter === 'U') return String(sundayWeek(time)).padStart(2, '0');
  if (letter === 'Z') return String(time.offset);
  if (letter === '%') return '%';
  throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
}

/** Writes a date by the format characters of $dateToString. */
export function formatDate(time: DateTime, format: string): string {
  if (format.replaceAll('%%', '').endsWith('%'))
    throw new MongoError(18535, "Unmatched '%' at end of format string");
  if (time.year < 0 || time.year > 9999)
    throw new MongoError(18537, `Could not convert date to string: the year ${time.year} is not in 0-9999`);
  return format.replace(/%(.)/gs, (_, letter: string) => formatPart(time, letter));
}
