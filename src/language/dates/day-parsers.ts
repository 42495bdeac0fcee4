import { addMonths, calendarDay, daysInMonth, type CalendarDay } from './calendar-day.js';
import {
  MONTH_NAMES,
  MONTH_PATTERN,
  dayResult,
  startsInsideWord,
  today,
  type DateParser,
  type Reading,
} from './parser-support.js';

const RANGE = '(?:-|sampai(?: dengan)?|s\\/d|s\\.d\\.?|to)';
const CHOICE = '(?:atau|or|dan|and|\\/|,|&)';
const YEAR =
  "(?: ?[-/., ]? ?(?:tahun )?(\\d{4}|'?[23]\\d|(?<=tahun )(?:depan|ini|lalu))(?![\\d]|[.:]\\d| ?(?:pagi|siang|sore|malam|wib|wita|wit|am|pm|orang)))?";

/** "12 Maret 2026", "10 mar 26", "12-13 Maret", "12 atau 13 Maret". */
const monthName: DateParser = {
  pattern: () => MONTH_NAME,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const month = MONTH_NAMES.indexOf(match[5] ?? '') + 1;
    if (/(?:-|minggu ke ?)$/.test(context.text.slice(0, match.index))) return null;
    const now = today(context);
    const first = pickYear(now, readYear(match[6], now), month, Number(match[1]));
    if (first === undefined) return null;
    const second = match[3] ?? match[4];
    if (second === undefined) return dayResult(context, match, first.date, first.reading);
    const last = calendarDay(first.date.year, month, Number(second));
    if (last === undefined) return null;
    if (match[4] !== undefined) {
      return dayResult(context, match, first.date, { confidence: 0.4, questions: ['severalDates'] });
    }
    return dayResult(context, match, first.date, first.reading, last);
  },
};
const MONTH_NAME = new RegExp(
  `(?:tanggal )?(\\d{1,2})(st|nd|rd|th)?(?: ?${RANGE} ?(?:tanggal )?(\\d{1,2})| ?${CHOICE} ?(?:tanggal )?(\\d{1,2}))?(?:\\s?[-/. ]\\s?|)(?:of |bulan )?(${MONTH_PATTERN})(?![\\p{L}])\\.?${YEAR}`,
  'u',
);

/** "28 Februari - 2 Maret 2026": the year stands for both. */
const monthRange: DateParser = {
  pattern: () => MONTH_RANGE,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const now = today(context);
    const [, day, month, lastDay, lastMonth, yearText] = match;
    const monthOf = (name: string | undefined): number => MONTH_NAMES.indexOf(name ?? '') + 1;
    const last = pickYear(now, readYear(yearText, now), monthOf(lastMonth), Number(lastDay));
    if (last === undefined) return null;
    const year = monthOf(month) > monthOf(lastMonth) ? last.date.year - 1 : last.date.year;
    const first = calendarDay(year, monthOf(month), Number(day));
    return first === undefined ? null : dayResult(context, match, first, last.reading, last.date);
  },
};
const MONTH_RANGE = new RegExp(
  `(?:tanggal )?(\\d{1,2}) ?(${MONTH_PATTERN}) ?${RANGE} ?(?:tanggal )?(\\d{1,2}) ?(${MONTH_PATTERN})(?![\\p{L}])${YEAR}`,
  'u',
);

/** "Maret 12, 2026", "maret tanggal 12": only where nothing countable follows. */
const monthFirst: DateParser = {
  pattern: () => MONTH_FIRST,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const month = MONTH_NAMES.indexOf(match[1] ?? '') + 1;
    const picked = pickYear(today(context), readYear(match[3], today(context)), month, Number(match[2]));
    return picked === undefined ? null : dayResult(context, match, picked.date, picked.reading);
  },
};
const MONTH_FIRST = new RegExp(
  `(${MONTH_PATTERN}) (?:tanggal )?(\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?=$|[,.;!?](?!\\d)| (?:jam|pukul|at|pagi|siang|sore|malam|ya|bisa|saja))`,
  'u',
);

/** "12/3/2026", "12-03-26", "12.03.2026", day first; "12/3" beside a word that speaks of days. */
const numeric: DateParser = {
  pattern: () => NUMERIC,
  extract(context, match) {
    if (startsInsideWord(context, match) || /[.,/-]/.test(context.text[(match.index ?? 0) - 1] ?? ''))
      return null;
    const [, dayText, separator, monthText, yearText] = match;
    if (yearText === undefined && (separator !== '/' || !speaksOfDays(context.text, match))) return null;
    if (
      separator === '.' &&
      yearText?.length === 2 &&
      !context.text.slice(0, match.index).endsWith('tanggal ')
    )
      return null;
    const now = today(context);
    const picked = pickYear(now, readYear(yearText, now), Number(monthText), Number(dayText));
    return picked === undefined ? null : dayResult(context, match, picked.date, picked.reading);
  },
};
const NUMERIC = /(\d{1,2}) ?([/.-]) ?(\d{1,2})(?: ?\2 ?(\d{4}|\d{2}))?(?!\d|[/.:-]\d|%)/;
const DAY_WORDS =
  /tanggal|hari |senin|selasa|rabu|kamis|jumat|sabtu|jam \d|pukul|jadwal|wib|wita|\bwit\b|besok|bisa|ganti|pindah|undur|maju/;

function speaksOfDays(text: string, match: RegExpMatchArray): boolean {
  if (text.trim() === match[0].trim()) return true;
  const after = text.slice((match.index ?? 0) + match[0].length);
  return DAY_WORDS.test(text) && !/^ ?(?:dari|bagian|orang|kali)/.test(after);
}

/** "2026-03-12", "2026/03/12". */
const yearFirst: DateParser = {
  pattern: () => /(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?!\d|[/-]\d)/,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const date = calendarDay(Number(match[1]), Number(match[3]), Number(match[4]));
    return date === undefined ? null : dayResult(context, match, date, { confidence: 0.97 });
  },
};

/** "tanggal 12", "tgl 5 bulan depan", "tgl 12-13", "the 12th". */
const dayOnly: DateParser = {
  pattern: () => DAY_ONLY,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const day = Number(match[1] ?? match[5] ?? match[6]);
    const now = today(context);
    const start = nextDayOfMonth(now, day, match[4]);
    if (start === undefined) return null;
    if (match[3] !== undefined) {
      return dayResult(context, match, start, { confidence: 0.4, questions: ['severalDates'] });
    }
    const last = match[2] === undefined ? undefined : followingDay(start, Number(match[2]));
    return dayResult(context, match, start, { confidence: match[4] === undefined ? 0.85 : 0.93 }, last);
  },
};
const DAY_ONLY = new RegExp(
  `tanggal[ .:]{0,3}(\\d{1,2})(?!\\d|[/.-]\\d)(?: ?${RANGE} ?(?:tanggal )?(\\d{1,2})(?!\\d|[.:]\\d)|(?: ${CHOICE} |, ?)(?:tanggal )?(\\d{1,2})(?!\\d|[.:]\\d))?(?! ?(?:${MONTH_PATTERN}))(?: ?bulan (ini|depan|lalu|kemarin|\\d{1,2})(?!\\d))?|\\bthe (\\d{1,2})(?:st|nd|rd|th)(?! of)|(?<=(?:geser|pindah|pindahkan|undur|ganti|majukan|dimajukan|jadinya) (?:ke |jadi ))(\\d{1,2})(?!\\d|[.:/-]\\d)(?= ?(?:aja|saja|ya|dong|bisa|jam|pukul|[,.!?]|$))`,
  'u',
);

/** "akhir bulan", "awal April", "pertengahan bulan depan": a part of a month, asked about. */
const partOfMonth: DateParser = {
  pattern: () => PART_OF_MONTH,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const now = today(context);
    const monthIndex = MONTH_NAMES.indexOf(match[3] ?? '');
    const base =
      monthIndex >= 0 ? nextMonthNamed(now, monthIndex + 1) : addMonths(now, match[2] === 'depan' ? 1 : 0);
    const last = daysInMonth(base.year, base.month);
    const day = match[1] === 'akhir' ? last : match[1] === 'awal' ? 1 : 15;
    let date: CalendarDay = { ...base, day };
    if (match[2] === undefined && monthIndex < 0 && day < now.day) date = { ...addMonths(now, 1), day };
    return dayResult(context, match, date, {
      confidence: match[1] === 'akhir' ? 0.6 : 0.4,
      questions: ['vagueDate'],
    });
  },
};
const PART_OF_MONTH = new RegExp(
  `(awal|pertengahan|tengah|akhir) (?:bulan(?: (ini|depan))?(?! (?:${MONTH_PATTERN}|lalu|kemarin))|(?:bulan )?(${MONTH_PATTERN}))(?![\\p{L}])`,
  'u',
);

export const DAY_PARSERS: readonly DateParser[] = [
  monthRange,
  yearFirst,
  numeric,
  monthName,
  monthFirst,
  dayOnly,
  partOfMonth,
];

const RELATIVE_YEARS: Readonly<Record<string, number>> = { depan: 1, ini: 0, lalu: -1 };

function readYear(text: string | undefined, now: CalendarDay): number | undefined {
  if (text === undefined) return undefined;
  const years = RELATIVE_YEARS[text];
  if (years !== undefined) return now.year + years;
  const digits = Number(text.replace("'", ''));
  return digits < 100 ? 2000 + digits : digits;
}

/** Without a year: the next such day. One that has just passed may be meant as past ("surat kami 12 Januari"). */
function pickYear(
  now: CalendarDay,
  year: number | undefined,
  month: number,
  day: number,
): { date: CalendarDay; reading: Reading } | undefined {
  if (year !== undefined) {
    const date = calendarDay(year, month, day);
    return date === undefined ? undefined : { date, reading: { confidence: 0.97 } };
  }
  const thisYear = calendarDay(now.year, month, day);
  if (thisYear !== undefined && !isBefore(thisYear, now))
    return { date: thisYear, reading: { confidence: 0.93 } };
  const nextYear = calendarDay(now.year + 1, month, day);
  if (nextYear === undefined) return undefined;
  const monthsAgo = (now.month - month + 12) % 12;
  return monthsAgo <= 3
    ? { date: nextYear, reading: { confidence: 0.4, questions: ['pastOrFuture'] } }
    : { date: nextYear, reading: { confidence: 0.8 } };
}

function nextDayOfMonth(now: CalendarDay, day: number, bulan: string | undefined): CalendarDay | undefined {
  if (bulan !== undefined && /\d/.test(bulan)) return pickYear(now, undefined, Number(bulan), day)?.date;
  if (bulan !== undefined) {
    const base = addMonths(now, bulan === 'depan' ? 1 : bulan === 'ini' ? 0 : -1);
    return calendarDay(base.year, base.month, day);
  }
  if (day < 1 || day > 31) return undefined;
  for (let offset = day < now.day ? 1 : 0; offset <= 12; offset++) {
    const base = addMonths(now, offset);
    const date = calendarDay(base.year, base.month, day);
    if (date !== undefined) return date;
  }
  return undefined;
}

/** The end of "tgl 30 s/d 2" lies in the next month. */
function followingDay(start: CalendarDay, day: number): CalendarDay | undefined {
  const base = day > start.day ? start : addMonths(start, 1);
  return calendarDay(base.year, base.month, day);
}

function nextMonthNamed(now: CalendarDay, month: number): CalendarDay {
  return { year: month < now.month ? now.year + 1 : now.year, month, day: 1 };
}

function isBefore(a: CalendarDay, b: CalendarDay): boolean {
  return a.year !== b.year ? a.year < b.year : a.month !== b.month ? a.month < b.month : a.day < b.day;
}
