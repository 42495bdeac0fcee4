import { DateTime } from 'luxon';
import { findDates } from '../../language/index.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';

/** When somebody would like to come, as far as they say; dates and hours in WIB unless `offset` says otherwise. */
export interface SessionWish {
  /** The very first there is. */
  earliest?: true;
  /** yyyy-MM-dd, both included. */
  from?: string;
  to?: string;
  /** A weekday without a date: the first that is allowed. */
  weekday?: true;
  /** Minutes of the day, both included. */
  after?: number;
  before?: number;
}

/** Reads "Selasa jam 10", "tgl 12 pagi", "minggu depan", "yang paling awal"; undefined where no time is wished for. */
export function readWish(text: string, now: Date): SessionWish | undefined {
  if (text.length > LONGEST) return undefined;
  const first = EARLIEST.test(text) ? { earliest: true as const } : {};
  const wish = { ...first, ...daysIn(text, now), ...hoursIn(text, now) };
  return Object.keys(wish).length > 0 ? wish : undefined;
}

const LONGEST = 160;

const EARLIEST =
  /\b(?:paling (?:awal|cepat|dekat)|ter(?:cepat|awal|dekat)|secepat(?:nya)?|sesegera|asap|as soon as possible|earliest|soonest|(?:yang )?pertama (?:saja|aja|kosong)|first (?:one|available))\b/iu;

/** True for words that speak of a day or an hour, whatever they are. */
export function speaksOfTime(text: string): boolean {
  return EARLIEST.test(text) || (text.length <= LONGEST && TIME_WORDS.test(text));
}

const TIME_WORDS =
  /\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|pekan|bulan|besok|lusa|hari|tanggal|tgl|jam|pukul|pkl|pagi|siang|sore|awal|akhir|monday|tuesday|wednesday|thursday|friday|week|month|tomorrow|morning|afternoon|\d{1,2}[.:]\d\d|\d{1,2} (?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)\p{L}*)\b/iu;

/** "Selasa", said when this week's is too early, is the next one. */
export function fromEarliest(wish: SessionWish, earliest: string): SessionWish {
  const { from, to } = wish;
  if (from === undefined || from >= earliest) return wish;
  if (wish.weekday)
    return fromEarliest({ ...wish, from: weekLater(from), to: weekLater(to ?? from) }, earliest);
  return to === undefined || to >= earliest ? { ...wish, from: earliest } : wish;
}

function weekLater(date: string): string {
  return iso(DateTime.fromISO(date, { zone: SERVICE_ZONE }).plus({ weeks: 1 }));
}

function daysIn(text: string, now: Date): SessionWish {
  const found = findDates(text, { now });
  const today = DateTime.fromJSDate(now, { zone: SERVICE_ZONE }).startOf('day');
  const month = monthIn(text, today);
  if (month) return month;
  if (!found.date) return THIS_WEEK.test(text) ? span(today, today.endOf('week')) : {};
  const from = DateTime.fromISO(found.date.value, { zone: SERVICE_ZONE });
  if (found.endDate) return span(from, DateTime.fromISO(found.endDate.value, { zone: SERVICE_ZONE }));
  if (AFTER.test(text)) return { from: iso(from.plus({ days: STRICTLY.test(text) ? 1 : 0 })) };
  if (WEEK.test(text) && !WEEKDAY.test(text)) return span(from.startOf('week'), from.endOf('week'));
  return { ...span(from, from), ...(WEEKDAY.test(text) && !DATED.test(text) ? { weekday: true } : {}) };
}

const THIS_WEEK = /\b(?:(?:minggu|pekan) ini|this week)\b/iu;
// "2 siang" and "10 WIB" are hours.
const DATED =
  /\d\s*(?!(?:pagi|siang|sore|malam|wib|wita|wit|morning|afternoon)\b)\p{L}{3,}|\b(?:tgl|tanggal|depan|ini|next|this)\b|\d[/-]\d/iu;
const AFTER = /\b(?:setelah|sesudah|mulai|sejak|after|from|starting|di atas)\b/iu;
const STRICTLY = /\b(?:setelah|sesudah|after|di atas)\b/iu;
const WEEK = /\b(?:minggu|pekan|week)\b/iu;
const WEEKDAY =
  /\b(?:senin|selasa|rabu|kamis|jum'?at|monday|tuesday|wednesday|thursday|friday|\d{1,2}\s+\p{L}{3,})\b/iu;

/** "Bulan depan", "awal April": a month without a day. */
function monthIn(text: string, today: DateTime): SessionWish | undefined {
  if (/\d\s*\p{L}|\b(?:tgl|tanggal)\b/iu.test(text)) return undefined;
  const named = MONTHS.findIndex((name) => new RegExp(`\\b(?:${name})\\b`, 'iu').test(text));
  if (named < 0 && !/\b(?:bulan|month)\b/iu.test(text)) return undefined;
  const next = named < 0 && /\b(?:depan|next|berikut\w*)\b/iu.test(text) ? 1 : 0;
  const ahead = named < 0 ? next : (named + 13 - today.month) % 12;
  const month = today.plus({ months: ahead }).startOf('month');
  const from = month > today ? month : today;
  if (/\b(?:akhir|end of|late)\b/iu.test(text))
    return span(month.endOf('month').minus({ days: TENTH }), month.endOf('month'));
  if (/\b(?:awal|early)\b/iu.test(text)) return span(from, month.plus({ days: TENTH }));
  return span(from, month.endOf('month'));
}

const TENTH = 9;
const MONTHS = [
  ...[
    'januari|january|jan',
    'februari|february|feb',
    'maret|march|mar',
    'april|apr',
    'mei|may',
    'juni|june|jun',
  ],
  ...['juli|july|jul', 'agustus|august|agu', 'september|sep', 'oktober|october|okt', 'november|nov'],
  'desember|december|des',
];

function hoursIn(text: string, now: Date): SessionWish {
  const { time, endTime, zone, questions } = findDates(text, { now });
  if (time) {
    const ahead = zone?.value === 'WITA' ? 60 : zone?.value === 'WIT' ? 120 : 0;
    const at = minutesOf(time.value) - ahead;
    if (endTime) return { after: at, before: minutesOf(endTime.value) - ahead - 60 };
    if (!questions.includes('vagueTime')) return { after: at, before: at + 59 };
    return /\b(?:sebelum|sblm|before)\b/iu.test(text) ? { before: at - 60 } : { after: at };
  }
  if (/\b(?:pagi|morning)\b/iu.test(text)) return { before: NOON - 1 };
  if (/\b(?:sore|late afternoon)\b/iu.test(text)) return { after: 14 * 60 };
  return /\b(?:siang|afternoon)\b/iu.test(text) ? { after: NOON } : {};
}

const NOON = 12 * 60;

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

function span(from: DateTime, to: DateTime): SessionWish {
  return { from: iso(from), to: iso(to) };
}

function iso(day: DateTime): string {
  return day.toISODate() ?? '';
}
