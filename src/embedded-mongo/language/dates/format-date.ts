import type { DateTime } from 'luxon';
import { MongoError } from '../../mongo-error.js';

const two = (value: number): string => String(value).padStart(2, '0');

/** Week of the year with Sunday as first day; days before the first Sunday are week 0. */
export const sundayWeek = (time: DateTime): number => Math.floor((time.ordinal + 6 - (time.weekday % 7)) / 7);

const PARTS: Record<string, (time: DateTime) => string> = {
  Y: (time) => String(time.year).padStart(4, '0'),
  m: (time) => two(time.month),
  d: (time) => two(time.day),
  H: (time) => two(time.hour),
  M: (time) => two(time.minute),
  S: (time) => two(time.second),
  L: (time) => String(time.millisecond).padStart(3, '0'),
  j: (time) => String(time.ordinal).padStart(3, '0'),
  w: (time) => String((time.weekday % 7) + 1),
  u: (time) => String(time.weekday),
  U: (time) => two(sundayWeek(time)),
  V: (time) => two(time.weekNumber),
  G: (time) => String(time.weekYear).padStart(4, '0'),
  b: (time) => time.toFormat('LLL'),
  B: (time) => time.toFormat('LLLL'),
  z: (time) => offsetText(time.offset),
  Z: (time) => String(time.offset),
  '%': () => '%',
};

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** Writes a date by the format characters of $dateToString. */
export function formatDate(time: DateTime, format: string): string {
  if (format.replaceAll('%%', '').endsWith('%'))
    throw new MongoError(18535, "Unmatched '%' at end of format string");
  if (time.year < 0 || time.year > 9999)
    throw new MongoError(
      18537,
      `Could not convert date to string: date component was outside the supported range of 0-9999: ${time.year}`,
    );
  return format.replace(/%(.)/gs, (_, letter: string) => {
    const part = PARTS[letter];
    if (!part) throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
    return part(time);
  });
}
