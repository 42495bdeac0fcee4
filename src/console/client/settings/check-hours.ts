import type { OfficeHours, OpeningPeriod } from '../api/types.js';

/** ISO weekdays as the API keys them. */
export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;

/** Weekdays whose periods are not filled in, not in order, or overlap. */
export function wrongDays({ periods }: OfficeHours): string[] {
  return WEEKDAYS.filter((day) => !inOrder(periods[day] ?? []));
}

const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

function inOrder(periods: readonly OpeningPeriod[]): boolean {
  let end = '';
  for (const { from, to } of periods) {
    if (!TIME.test(from) || !TIME.test(to) || from >= to || (end !== '' && from <= end)) return false;
    end = to;
  }
  return true;
}

/** A further period that fits after the last one: an hour's break, then to the end of the afternoon. */
export function nextPeriod(periods: readonly OpeningPeriod[]): OpeningPeriod {
  const last = periods.at(-1);
  if (!last) return { from: '08:00', to: '12:00' };
  const hour = Math.min(22, Number(last.to.slice(0, 2)) + 1);
  const from = `${String(hour).padStart(2, '0')}:${last.to.slice(3)}`;
  return { from, to: from < '17:00' ? '17:00' : '24:00' };
}
