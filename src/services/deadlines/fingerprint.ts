import { createHash } from 'node:crypto';
import type { OfficeHours } from '../../shared/working-time.js';
import type { Clocks } from './clocks.js';

interface Fingerprinted {
  hours: OfficeHours;
  days: readonly { _id: string }[];
  clocks: Clocks;
}

/** Differs as soon as a deadline may come out otherwise; what a day is called does not count. */
export function fingerprint({ hours, days, clocks }: Fingerprinted): string {
  const week = Object.entries(hours.periods)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([weekday, periods]) => [weekday, ...periods.map(({ from, to }) => `${from}-${to}`)]);
  const rules = [hours.zone, week, days.map(({ _id }) => _id).sort(), Object.entries(clocks).sort()];
  return createHash('sha256').update(JSON.stringify(rules)).digest('base64url').slice(0, 16);
}
