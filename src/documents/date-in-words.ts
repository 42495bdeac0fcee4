import { DateTime } from 'luxon';
import { SERVICE_ZONE } from '../shared/format-time.js';
import { numberInWords } from './number-in-words.js';

/** The parts of an opening sentence: "Kamis", "lima", "Maret", "dua ribu dua puluh enam", of the date in WIB. */
export interface DateInWords {
  weekday: string;
  day: string;
  month: string;
  year: string;
}

export function dateInWords(instant: Date): DateInWords {
  const local = DateTime.fromJSDate(instant, { zone: SERVICE_ZONE }).setLocale('id');
  return {
    weekday: local.toFormat('cccc'),
    day: numberInWords(local.day),
    month: local.toFormat('LLLL'),
    year: numberInWords(local.year),
  };
}
