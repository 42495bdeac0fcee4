import type { Reading } from './parser-support.js';

export type Period = 'pagi' | 'siang' | 'sore' | 'malam' | 'subuh' | 'am' | 'pm';

export interface Clock {
  hour: number;
  minute: number;
}

/** "setengah 10" is half an hour before ten. */
export function readClock(
  hourText: string | undefined,
  minuteText: string | undefined,
  half: boolean,
  offset: number,
): Clock | undefined {
  const hour = Number(hourText);
  const minute = minuteText === undefined ? 0 : Number(minuteText);
  if (hour > 24 || minute > 59 || (half && (hour < 1 || hour > 12 || minuteText !== undefined)))
    return undefined;
  if (hour === 24 && minute > 0) return undefined;
  const total = (hour === 24 ? 0 : hour) * 60 + minute + offset - (half ? 30 : 0);
  const wrapped = half && total < 60 ? total + 12 * 60 : (total + 24 * 60) % (24 * 60);
  return { hour: Math.floor(wrapped / 60), minute: wrapped % 60 };
}

export function readPeriod(text: string | undefined): Period | undefined {
  if (text === undefined) return undefined;
  if (text.startsWith('a')) return 'am';
  if (text.startsWith('p') && text !== 'pagi') return 'pm';
  if (text.startsWith('o')) return undefined;
  if (text === 'dini hari') return 'subuh';
  return text.replace('in the ', '') as Period;
}

export function minutesOf(clock: Clock): number {
  return clock.hour * 60 + clock.minute;
}

/** Without a part of the day, 1 to 5 o'clock is taken for the afternoon (office hours) and asked about. */
export function resolveHour(
  clock: Clock,
  period: Period | undefined,
  isPadded: boolean,
): { clock: Clock; reading: Reading } {
  const { hour, minute } = clock;
  const at = (resolved: number): Clock => ({ hour: resolved, minute });
  if (hour > 12) return { clock, reading: { confidence: 0.95 } };
  if (period !== undefined) return { clock: at(hourIn(period, hour)), reading: { confidence: 0.95 } };
  if (hour === 12) return { clock, reading: { confidence: 0.85 } };
  if (hour === 0) return { clock, reading: { confidence: 0.7, questions: ['ambiguousHour'] } };
  if (isPadded && hour < 6) return { clock, reading: { confidence: 0.5, questions: ['ambiguousHour'] } };
  if (hour < 6) return { clock: at(hour + 12), reading: { confidence: 0.6, questions: ['ambiguousHour'] } };
  if (hour === 6) return { clock, reading: { confidence: 0.5, questions: ['ambiguousHour'] } };
  return { clock, reading: { confidence: hour === 7 ? 0.8 : 0.9 } };
}

function hourIn(period: Period, hour: number): number {
  switch (period) {
    case 'pagi':
    case 'am':
      return hour === 12 ? 0 : hour;
    case 'subuh':
      return hour === 12 ? 0 : hour;
    case 'siang':
      return hour < 6 ? hour + 12 : hour;
    case 'sore':
    case 'pm':
      return hour === 12 ? 12 : hour + 12;
    case 'malam':
      return hour === 12 ? 0 : hour < 5 ? hour : hour + 12;
  }
}
