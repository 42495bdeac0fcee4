import type { ParsingContext } from 'chrono-node';
import type { ParsingComponents, ParsingResult } from 'chrono-node/id';
import type { Question } from '../types.js';
import type { CalendarDay } from './calendar-day.js';

export interface DateParser {
  pattern(): RegExp;
  extract(context: ParsingContext, match: RegExpMatchArray): ParsingResult | null;
}

export const MONTH_NAMES: readonly string[] = [
  'januari',
  'februari',
  'maret',
  'april',
  'mei',
  'juni',
  'juli',
  'agustus',
  'september',
  'oktober',
  'november',
  'desember',
];
export const MONTH_PATTERN = MONTH_NAMES.join('|');
export const WEEKDAY_NAMES: readonly string[] = [
  'minggu',
  'senin',
  'selasa',
  'rabu',
  'kamis',
  'jumat',
  'sabtu',
];

/** The day it is in the zone of the context. */
export function today(context: ParsingContext): CalendarDay {
  const local = wallClock(context);
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

/** The hour of the context's zone, to be read with the UTC getters. */
export function wallClock(context: ParsingContext): Date {
  const offset = context.reference.timezoneOffset ?? 0;
  return new Date(context.reference.instant.getTime() + offset * 60_000);
}

/** chrono matches against the rest of the text, so a look-behind cannot see what came before. */
export function startsInsideWord(context: ParsingContext, match: RegExpMatchArray): boolean {
  return /[\p{L}\p{N}#_]/u.test(context.text[(match.index ?? 0) - 1] ?? ' ');
}

/** Confidence travels as a tag, the only thing chrono carries along untouched. */
export interface Reading {
  confidence: number;
  questions?: readonly Question[];
}

export function dayResult(
  context: ParsingContext,
  match: RegExpMatchArray,
  start: CalendarDay,
  reading: Reading,
  end?: CalendarDay,
): ParsingResult {
  const result = context.createParsingResult(match.index ?? 0, match[0].trimEnd());
  assignDay(result.start, start, reading);
  if (end !== undefined) {
    result.end = context.createParsingComponents();
    assignDay(result.end, end, reading);
  }
  return result;
}

export function assignDay(components: ParsingComponents, date: CalendarDay, reading: Reading): void {
  components.assign('year', date.year).assign('month', date.month).assign('day', date.day);
  tag(components, reading);
}

export function tag(components: ParsingComponents, reading: Reading): void {
  components.addTag(`confidence/${reading.confidence}`);
  for (const question of reading.questions ?? []) components.addTag(`question/${question}`);
}
