import { readFileSync } from 'node:fs';
import type { NonWorkingDay } from './working-time.js';

/** One decree with the days it sets; `verified` says whether the dates were checked against published copies. */
interface HolidayDecree {
  decree: string;
  signed: string;
  verified: boolean;
  source: string;
  days: readonly Omit<NonWorkingDay, 'decree'>[];
}

const FILE = new URL('../../locales/data/holidays.json', import.meta.url);

/** R-T2: the table the product ships with (2024–2027); administrators edit their own copy from then on. */
export function defaultNonWorkingDays(): readonly NonWorkingDay[] {
  const decrees = JSON.parse(readFileSync(FILE, 'utf8')) as readonly HolidayDecree[];
  return decrees
    .flatMap(({ decree, days }) => days.map((day) => ({ ...day, decree })))
    .sort((a, b) => a.date.localeCompare(b.date));
}
