import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { isNullish, type Maybe, typeName } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';

const zones = new Map<string, Zone>();

/** The zone of a time zone argument: an Olson name or an offset such as +07:00; UTC when there is none. */
export function zoneOf(timezone: Maybe): Zone {
  if (isNullish(timezone)) return FixedOffsetZone.utcInstance;
  if (typeof timezone !== 'string')
    throw new MongoError(40517, `timezone must evaluate to a string, found ${typeName(timezone)}`);
  const known = zones.get(timezone);
  if (known) return known;
  const zone = parseZone(timezone);
  zones.set(timezone, zone);
  return zone;
}

function parseZone(name: string): Zone {
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(name);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return FixedOffsetZone.instance(offset[1] === '-' ? -minutes : minutes);
  }
  if (['UTC', 'GMT', 'Z', 'Etc/UTC'].includes(name)) return FixedOffsetZone.utcInstance;
  const zone = IANAZone.create(name);
  if (!zone.isValid) throw new MongoError(40485, `unrecognized time zone identifier: "${name}"`);
  return zone;
}

/** A wall clock time as a moment. Times that a change of the clocks makes happen twice are refused. */
export function momentOf(time: DateTime): Date {
  if (time.getPossibleOffsets().length > 1) throw refusal('a local time that happens twice', 168);
  return time.toJSDate();
}

/** A moment as wall clock time in a zone. */
export const inZone = (date: Date, zone: Zone): DateTime =>
  DateTime.fromMillis(date.getTime(), { zone, locale: 'en-US' });
