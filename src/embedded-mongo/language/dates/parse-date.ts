import { DateTime } from 'luxon';
import { type Maybe } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { momentOf, zoneOf } from './time-zone.js';

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?(Z|[+-]\d\d:?\d\d)?$/;

const unreadable = (text: string): MongoError => new MongoError(241, `Error parsing date string '${text}'`);

/** Reads an ISO 8601 date; other free forms the server may accept are refused. */
export function parseDate(text: string, timezone?: Maybe): Date {
  const match = ISO.exec(text);
  if (!match) {
    if (/^\d{4}-\d\d-\d\dT/.test(text) || /\d/.test(text))
      throw refusal(`the date text '${text}' (only ISO 8601 is read)`, 241);
    throw unreadable(text);
  }
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  if (zone !== undefined && timezone !== undefined && timezone !== null) {
    throw new MongoError(
      241,
      `you cannot pass in a date/time string with time zone information ('${zone}') together with a timezone argument`,
    );
  }
  return fromParts(text, {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.padEnd(3, '0')),
    zone: zone ?? timezone,
  });
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  zone: Maybe;
}

function fromParts(text: string, { zone, ...parts }: Parts): Date {
  if (parts.hour > 23 || parts.second > 59 || parts.day > 31) throw unreadable(text);
  const time = DateTime.fromObject(parts, { zone: zoneOf(zone === 'Z' ? 'UTC' : zone) });
  if (!time.isValid) throw refusal(`the date '${text}' (no such day)`, 241);
  return momentOf(time);
}

const FORMATS: Record<string, string> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{2})',
  d: '(?<d>\\d{2})',
  H: '(?<H>\\d{2})',
  M: '(?<M>\\d{2})',
  S: '(?<S>\\d{2})',
  L: '(?<L>\\d{3})',
  z: '(?<z>[+-]\\d\\d:?\\d\\d|Z)',
  '%': '%',
};

/** Reads a date by a format of $dateFromString; formats beyond year to millisecond and offset are refused. */
export function parseDateByFormat(text: string, format: string, timezone: Maybe): Date {
  const pattern = format.replace(/%(.)|[.*+?^${}()|[\]\\]/g, (char, letter: string | undefined) => {
    if (letter === undefined) return `\\${char}`;
    const part = FORMATS[letter];
    if (part === undefined) throw refusal(`the format character %${letter} in $dateFromString`, 18536);
    return part;
  });
  const groups = new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (!groups?.Y || !groups.m || !groups.d) throw unreadable(text);
  const number = (name: string): number => Number(groups[name] ?? 0);
  return fromParts(text, {
    year: number('Y'),
    month: number('m'),
    day: number('d'),
    hour: number('H'),
    minute: number('M'),
    second: number('S'),
    millisecond: number('L'),
    zone: groups.z ?? timezone,
  });
}
