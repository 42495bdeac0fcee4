import { addDays, addMonths, calendarDay, daysInMonth, weekdayOf, type CalendarDay } from './calendar-day.js';
import {
  WEEKDAY_NAMES,
  dayResult,
  startsInsideWord,
  today,
  type DateParser,
  type Reading,
} from './parser-support.js';

/** "besok", "besok lusa", "hari ini", "nanti siang", "kemarin". */
const casual: DateParser = {
  pattern: () => CASUAL,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const days = CASUAL_DAYS[(match[1] ?? '').replace(/ (?:pagi|siang|sore|malam)$/, '')];
    if (days === undefined) return null;
    return dayResult(context, match, addDays(today(context), days), { confidence: 0.95 });
  },
};
const CASUAL =
  /(besok lusa|besok besok|besok-besok|besok hari lusa|besok|lusa|tulat|day after besok|hari ini|kemarin lusa|kemarin dulu|kemarin|nanti (?:pagi|siang|sore|malam)|(?:pagi|siang|sore|malam) (?:ini|nanti)|in the (?:pagi|sore)|this (?:pagi|siang|sore|malam))(?![\p{L}\d])/u;
const CASUAL_DAYS: Readonly<Record<string, number>> = {
  besok: 1,
  'besok lusa': 2,
  'besok hari lusa': 2,
  'day after besok': 2,
  lusa: 2,
  tulat: 3,
  'hari ini': 0,
  nanti: 0,
  'pagi ini': 0,
  'siang ini': 0,
  'sore ini': 0,
  'malam ini': 0,
  'siang nanti': 0,
  'sore nanti': 0,
  'malam nanti': 0,
  this: 0,
  kemarin: -1,
  'kemarin lusa': -2,
  'kemarin dulu': -2,
};

/** "3 hari lagi", "seminggu lagi", "2 minggu ke depan", "3 hari yang lalu", "in 2 weeks". Working days are not counted. */
const counted: DateParser = {
  pattern: () => COUNTED,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const [, howMany, unit, direction, english, englishUnit] = match;
    const amount = readAmount(howMany ?? english ?? '');
    const named = UNITS[unit ?? englishUnit ?? ''];
    if (named === undefined || amount > 400) return null;
    const sign = direction !== undefined && /lalu|ago/.test(direction) ? -1 : 1;
    const now = today(context);
    const date = named === 'month' ? sameDayLater(now, sign * amount) : addDays(now, sign * amount * named);
    return dayResult(context, match, date, { confidence: named === 'month' ? 0.8 : 0.93 });
  },
};
const COUNTED =
  /(?:(\d{1,3}|se|a )[ -]?(hari|minggu|bulan|days?|weeks?|months?)(?:an)? (lagi|kemudian|ke ?depan|depan|mendatang|yang akan datang|yang lalu|lalu|from now|ago)|in (\d{1,3}|a) (days?|weeks?|months?))(?![\p{L}\d])/u;
const UNITS: Readonly<Record<string, number | 'month'>> = {
  hari: 1,
  day: 1,
  days: 1,
  minggu: 7,
  week: 7,
  weeks: 7,
  bulan: 'month',
  month: 'month',
  months: 'month',
};

function readAmount(text: string): number {
  return /\d/.test(text) ? Number(text) : 1;
}

function sameDayLater(now: CalendarDay, months: number): CalendarDay {
  const first = addMonths(now, months);
  return (
    calendarDay(first.year, first.month, now.day) ?? { ...first, day: daysInMonth(first.year, first.month) }
  );
}

/** "jumat", "Senin depan", "hari kamis minggu depan", "jumat minggu ini", "minggu depan hari rabu", "next monday". */
const weekday: DateParser = {
  pattern: () => WEEKDAY,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const [text, before, hari, named, after] = match;
    const modifier = readModifier(before, after);
    if (named === 'minggu' && hari === undefined && !isSunday(context.text, match)) return null;
    const target = WEEKDAY_NAMES.indexOf(named ?? '');
    if (target < 0 || text === '') return null;
    const { date, reading } = pickWeekday(today(context), target, modifier);
    const result = dayResult(context, match, date, reading);
    result.start.addTag(`weekday/${target}`);
    if (modifier === undefined) result.start.addTag('bareWeekday');
    return result;
  },
};
const WEEKDAY =
  /(?:(minggu depan|minggu ini|next week|this week|next|this|coming|last)(?: di|,| on| pada)? )?(hari )?(senin|selasa|rabu|kamis|jumat|sabtu|minggu)(?: (minggu depan(?:nya)?|minggu ini|minggu lalu|minggu kemarin|next week|this week|depan|ini|besok|nanti|yang akan datang|lalu|yang lalu|kemarin))?(?![\p{L}\d])/u;

type Modifier = 'this' | 'coming' | 'thisWeek' | 'next' | 'nextWeek' | 'last' | undefined;

function readModifier(before: string | undefined, after: string | undefined): Modifier {
  const said = after ?? before ?? '';
  if (/minggu depan|next week/.test(said) || (before ?? '').startsWith('minggu depan')) return 'nextWeek';
  if (/minggu ini|this week/.test(said)) return 'thisWeek';
  if (/lalu|kemarin|last/.test(said)) return 'last';
  if (/depan|next/.test(said)) return 'next';
  if (/besok|nanti|datang|coming/.test(said)) return 'coming';
  if (/ini|this/.test(said)) return 'this';
  return undefined;
}

/** "Minggu, 8 Maret" is a Sunday; "minggu depan" and "2 minggu" are weeks. */
function isSunday(text: string, match: RegExpMatchArray): boolean {
  return /^\s?,\s?(?:tanggal )?\d/.test(text.slice((match.index ?? 0) + match[0].length));
}

/** Weeks run from Monday. "Kamis depan" is next week's Thursday, asked about while this week's is still to come. */
function pickWeekday(
  now: CalendarDay,
  target: number,
  modifier: Modifier,
): { date: CalendarDay; reading: Reading } {
  const fromMonday = (day: number): number => (day + 6) % 7;
  const inThisWeek = fromMonday(target) - fromMonday(weekdayOf(now));
  const sure: Reading = { confidence: 0.92 };
  if (modifier === 'nextWeek') return { date: addDays(now, inThisWeek + 7), reading: { confidence: 0.95 } };
  if (modifier === 'thisWeek') return { date: addDays(now, inThisWeek), reading: { confidence: 0.95 } };
  if (modifier === 'last')
    return { date: addDays(now, inThisWeek < 0 ? inThisWeek : inThisWeek - 7), reading: sure };
  if (modifier === 'next') {
    const open: Reading = { confidence: 0.7, questions: ['ambiguousWeek'] };
    return { date: addDays(now, inThisWeek + 7), reading: inThisWeek > 0 ? open : sure };
  }
  if (modifier === 'this')
    return { date: addDays(now, inThisWeek < 0 ? inThisWeek + 7 : inThisWeek), reading: sure };
  if (modifier === 'coming')
    return { date: addDays(now, inThisWeek <= 0 ? inThisWeek + 7 : inThisWeek), reading: sure };
  if (inThisWeek === 0) {
    return { date: addDays(now, 7), reading: { confidence: 0.4, questions: ['ambiguousWeek'] } };
  }
  return { date: addDays(now, inThisWeek < 0 ? inThisWeek + 7 : inThisWeek), reading: { confidence: 0.9 } };
}

/** "minggu depan" and "bulan depan" with no day: named to be asked about. */
const bareSpan: DateParser = {
  pattern: () =>
    /(?:(?:awal |akhir |pertengahan )?(?:minggu depan(?:nya)?|next week)|bulan depan|next month)(?![\p{L}\d])/u,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const now = today(context);
    const isMonth = /bulan|month/.test(match[0]);
    return dayResult(context, match, isMonth ? addMonths(now, 1) : addDays(now, 7), {
      confidence: 0.3,
      questions: [isMonth ? 'vagueDate' : 'ambiguousWeek'],
    });
  },
};

/** "akhir pekan", "weekend": from Saturday on. */
const weekend: DateParser = {
  pattern: () => /(?:akhir minggu(?: ini)?|weekend)(?![\p{L}\d]| (?:depan|lalu))/u,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const { date } = pickWeekday(today(context), SATURDAY, 'this');
    return dayResult(context, match, date, { confidence: 0.4, questions: ['vagueDate'] });
  },
};
const SATURDAY = 6;
const FRIDAY = 5;

/** "habis jumatan", "setelah salat Jumat": on Friday, whenever that is over. */
const afterFridayPrayer: DateParser = {
  pattern: () => /(?:(?:habis|setelah|selesai|sebelum) )?(?:salat jumat(?:an)?|jumatan)(?![\p{L}\d])/u,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const { date } = pickWeekday(today(context), FRIDAY, 'this');
    return dayResult(context, match, date, { confidence: 0.85 });
  },
};

/** "selasa dua minggu lagi": the Tuesday of the week after next. */
const weekdayInWeeks: DateParser = {
  pattern: () =>
    /(?:hari )?(senin|selasa|rabu|kamis|jumat|sabtu|minggu) (\d{1,2}|se) ?minggu (?:lagi|ke ?depan)(?![\p{L}\d])/u,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const now = today(context);
    const { date } = pickWeekday(now, WEEKDAY_NAMES.indexOf(match[1] ?? ''), 'thisWeek');
    return dayResult(context, match, addDays(date, 7 * readAmount(match[2] ?? '')), { confidence: 0.9 });
  },
};

export const RELATIVE_PARSERS: readonly DateParser[] = [
  casual,
  counted,
  weekdayInWeeks,
  weekday,
  bareSpan,
  weekend,
  afterFridayPrayer,
];
