import { language, t } from './text.js';

/** The zone of the service (R-T1): every time on the page is in WIB, wherever the reader's computer thinks it is. */
const ZONE = 'Asia/Jakarta';
const DAY = 86_400_000;

interface Parts {
  /** Days since 1970 in WIB. */
  day: number;
  year: number;
  hour: string;
  minute: string;
}

/** "17.00" (id) or "17:00" (en). */
export function formatTime(iso: string): string {
  const { hour, minute } = partsOf(new Date(iso));
  return language() === 'id' ? `${hour}.${minute}` : `${hour}:${minute}`;
}

/** "Kamis, 5 Maret 2026 pukul 17.00 WIB": for the title of every shorter time. */
export function formatFull(iso: string): string {
  return `${formatDate(iso)} ${t('time.at')} ${formatTime(iso)} WIB`;
}

/** "Kamis, 5 Maret 2026"; also takes a date yyyy-MM-dd. */
export function formatDate(iso: string): string {
  return write(iso, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** "Kam, 5 Mar 2026": for sessions. */
export function formatShortDay(iso: string): string {
  return write(iso, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
}

/** "Maret 2026". */
export function formatMonth(iso: string): string {
  return write(iso, { month: 'long', year: 'numeric' });
}

/** "5 Mar 2026 17.00": for tables. */
export function formatShort(iso: string): string {
  return `${write(iso, { day: 'numeric', month: 'short', year: 'numeric' })} ${formatTime(iso)}`;
}

/** Day separator of a conversation: "Hari ini", "Kemarin", else the date. */
export function formatDay(iso: string, now: Date): string {
  const ago = daysBetween(new Date(iso), now);
  if (ago === 0) return t('time.today');
  if (ago === 1) return t('time.yesterday');
  return formatDate(iso);
}

/** Time in a list: "17.00" today, "Kemarin", "5 Mar", "5 Mar 2025". */
export function formatListTime(iso: string, now: Date): string {
  const at = new Date(iso);
  const ago = daysBetween(at, now);
  if (ago === 0) return formatTime(iso);
  if (ago === 1) return t('time.yesterday');
  const sameYear = partsOf(at).year === partsOf(now).year;
  return write(iso, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** "5 menit lalu". */
export function formatAgo(iso: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(iso)) / 60_000);
  if (minutes < 1) return t('time.justNow');
  if (minutes < 60) return t('time.minutesAgo', { count: minutes });
  if (minutes < 24 * 60) return t('time.hoursAgo', { count: Math.floor(minutes / 60) });
  return t('time.daysAgo', { count: Math.floor(minutes / (24 * 60)) });
}

/** "2 jam 10 menit" of working time. */
export function formatWorkingTime(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const words = [
    ...(hours > 0 ? [t('time.hours', { count: hours })] : []),
    ...(rest > 0 || hours === 0 ? [t('time.minutes', { count: rest })] : []),
  ];
  return words.join(' ');
}

/** Same key, same day in WIB. */
export function dayKey(iso: string): string {
  return String(partsOf(new Date(iso)).day);
}

export type DueTone = 'late' | 'soon' | 'today' | 'calm';

/** How a deadline reads and how urgent it looks: late; soon = within four hours; today; calm. */
export function describeDue(dueAt: string, now: Date): { text: string; tone: DueTone } {
  const due = new Date(dueAt);
  const left = due.getTime() - now.getTime();
  if (left < 0) return { text: describeLate(-left), tone: 'late' };
  const time = formatTime(dueAt);
  const days = daysBetween(now, due);
  if (days === 0) return { text: t('due.today', { time }), tone: left < 4 * 3_600_000 ? 'soon' : 'today' };
  if (days === 1) return { text: t('due.tomorrow', { time }), tone: 'calm' };
  if (days < 7)
    return { text: t('due.weekday', { day: write(dueAt, { weekday: 'long' }), time }), tone: 'calm' };
  return { text: t('due.date', { date: write(dueAt, { day: 'numeric', month: 'short' }) }), tone: 'calm' };
}

function describeLate(late: number): string {
  const minutes = Math.max(1, Math.floor(late / 60_000));
  if (minutes < 60) return t('due.lateMinutes', { count: minutes });
  if (minutes < 24 * 60) return t('due.lateHours', { count: Math.floor(minutes / 60) });
  return t('due.lateDays', { count: Math.floor(minutes / (24 * 60)) });
}

/** Calendar days in WIB from `from` to `to`. */
function daysBetween(from: Date, to: Date): number {
  return partsOf(to).day - partsOf(from).day;
}

function write(iso: string, options: Intl.DateTimeFormatOptions): string {
  // A bare date means that day, not midnight UTC: noon UTC is the same day in WIB.
  const when = new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T12:00:00Z` : iso);
  const locale = language() === 'id' ? 'id-ID' : 'en-GB';
  return formatter(locale, options).format(when);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
  formatters.set(key, made);
  return made;
}

function partsOf(when: Date): Parts {
  // WIB has had one offset, +07:00, since 1964: arithmetic does what Intl would do, a hundred times faster in lists.
  const local = new Date(when.getTime() + 7 * 3_600_000);
  return {
    day: Math.floor(local.getTime() / DAY),
    year: local.getUTCFullYear(),
    hour: String(local.getUTCHours()).padStart(2, '0'),
    minute: String(local.getUTCMinutes()).padStart(2, '0'),
  };
}

/** "Senin" for ISO weekday 1. */
export function weekdayName(weekday: number): string {
  // 5 January 1970 was a Monday.
  return write(new Date((weekday + 3) * DAY + DAY / 2).toISOString(), { weekday: 'long' });
}
