import { DateTime } from 'luxon';
import { isNullish, type Maybe } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { momentOf, zoneOf } from './time-zone.js';

const ISO =
  /^\d{4}-\d\d-(?:[0-2]\d|3[01])(?:[T ](?:[01]\d|2[0-3]):\d\d(?::[0-5]\d(?:\.\d{1,3})?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Reads an ISO 8601 date; other forms the server may understand are refused. */
export function parseDate(text: string, timezone?: Maybe): Date {
  const match = ISO.exec(text);
  if (!match) {
    if (/\d/.test(text)) throw refusal(`the date text '${text}' (only ISO 8601 is read)`, 241);
    throw new MongoError(241, `Error parsing date string '${text}'`);
  }
  const offset = match[1];
  if (offset !== undefined && !isNullish(timezone))
    throw new MongoError(241, `the date text '${text}' has a time zone already`);
  const day = text.slice(0, offset === undefined ? undefined : -offset.length).replace(' ', 'T');
  const time = DateTime.fromISO(day, { zone: zoneOf(offset === 'Z' ? 'UTC' : (offset ?? timezone)) });
  if (!time.isValid) throw refusal(`the date '${text}' (no such day)`, 241);
  return momentOf(time);
}
