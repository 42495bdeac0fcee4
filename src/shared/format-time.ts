import { DateTime } from 'luxon';
import { DomainError } from './errors.js';
import type { Language } from './i18n.js';

/** The three Indonesian time zones; the service itself lives in Asia/Jakarta (R-T1). */
export type IndonesianZone = 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura';

export const SERVICE_ZONE: IndonesianZone = 'Asia/Jakarta';

const ZONE_NAMES: Readonly<Record<IndonesianZone, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

// Written as patterns because Intl's `dateStyle: 'full'` gives "03 Maret" in Indonesian and the comma after the
// English weekday comes and goes with the ICU version.
const PATTERNS = {
  id: { locale: 'id', date: 'cccc, d LLLL yyyy', dayMonth: 'cccc, d LLLL', time: 'HH.mm', at: 'pukul' },
  en: { locale: 'en', date: 'cccc, d LLLL yyyy', dayMonth: 'cccc, d LLLL', time: 'HH:mm', at: 'at' },
} as const satisfies Record<Language, unknown>;

interface Where {
  language: Language;
  /** The reader's zone; WIB is always shown, another zone beside it. */
  zone?: IndonesianZone | undefined;
}

/** R-T1: "Kamis, 5 Maret 2026 pukul 17.00 WIB (18.00 WITA)"; the date is repeated where it differs over there. */
export function formatDateTime(instant: Date, { language, zone = SERVICE_ZONE }: Where): string {
  const here = write(instant, SERVICE_ZONE, language);
  const text = `${here.date} ${PATTERNS[language].at} ${here.time}`;
  if (zone === SERVICE_ZONE) return text;
  const there = write(instant, zone, language);
  const other =
    there.date === here.date ? there.time : `${there.date} ${PATTERNS[language].at} ${there.time}`;
  return `${text} (${other})`;
}

interface Period {
  startsAt: Date;
  endsAt: Date;
}

/** R-T1: "Kamis, 5 Maret 2026 pukul 09.00–10.00 WIB (10.00–11.00 WITA)", within one day. */
export function formatPeriod(period: Period, where: Where): string {
  const { date } = write(period.startsAt, SERVICE_ZONE, where.language);
  return `${date} ${PATTERNS[where.language].at} ${formatHours(period, where)}`;
}

/** "09.00–10.00 WIB" or "09.00–10.00 WIB (10.00–11.00 WITA)". */
export function formatHours({ startsAt, endsAt }: Period, { language, zone = SERVICE_ZONE }: Where): string {
  const hours = (there: IndonesianZone): string =>
    `${local(startsAt, there, language).toFormat(PATTERNS[language].time)}–${write(endsAt, there, language).time}`;
  return zone === SERVICE_ZONE ? hours(zone) : `${hours(SERVICE_ZONE)} (${hours(zone)})`;
}

/** "Kamis, 5 Maret 2026"; takes an instant (its date in WIB) or a date yyyy-MM-dd. */
export function formatDate(when: Date | string, { language }: { language: Language }): string {
  return local(when, SERVICE_ZONE, language).toFormat(PATTERNS[language].date);
}

/** "5 Maret 2026": the date line above a signature. */
export function formatShortDate(when: Date | string, { language }: { language: Language }): string {
  return local(when, SERVICE_ZONE, language).toFormat('d LLLL yyyy');
}

/** "Kamis, 5 Maret": for lists where the year is plain. */
export function formatDayMonth(when: Date | string, { language }: { language: Language }): string {
  return local(when, SERVICE_ZONE, language).toFormat(PATTERNS[language].dayMonth);
}

/** "17.00 WIB" or "17.00 WIB (18.00 WITA)". */
export function formatTime(instant: Date, { language, zone = SERVICE_ZONE }: Where): string {
  const here = write(instant, SERVICE_ZONE, language).time;
  return zone === SERVICE_ZONE ? here : `${here} (${write(instant, zone, language).time})`;
}

function write(instant: Date, zone: IndonesianZone, language: Language): { date: string; time: string } {
  const moment = local(instant, zone, language);
  const { date, time } = PATTERNS[language];
  return { date: moment.toFormat(date), time: `${moment.toFormat(time)} ${ZONE_NAMES[zone]}` };
}

function local(when: Date | string, zone: IndonesianZone, language: Language): DateTime {
  const options = { zone, locale: PATTERNS[language].locale };
  const moment =
    typeof when === 'string' ? DateTime.fromISO(when, options) : DateTime.fromJSDate(when, options);
  if (!moment.isValid) throw new DomainError('invalid-input', { field: 'date' });
  return moment;
}
