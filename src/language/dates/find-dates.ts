import type { ParsedComponents, ParsedResult } from 'chrono-node';
import { Chrono, type ParsingResult } from 'chrono-node/id';
import { IANAZone } from 'luxon';
import type { Found, LanguageContext, Question, Span, ZoneName } from '../types.js';
import type { RewrittenText } from '../text/rewritten-text.js';
import { calendarDay, toIso, weekdayOf } from './calendar-day.js';
import { findZone } from './find-zone.js';
import { DAY_PARSERS } from './day-parsers.js';
import { maskNumbers } from './mask-numbers.js';
import { RELATIVE_PARSERS } from './relative-parsers.js';
import { rewriteDateWords } from './rewrite-date-words.js';
import { TIME_PARSERS } from './time-parsers.js';
import { chooseDate, chooseTime, type DateFinding, type TimeFinding } from './choose-date.js';

export interface FoundDates {
  date?: Found<string>;
  endDate?: Found<string>;
  time?: Found<string>;
  endTime?: Found<string>;
  zone?: Found<ZoneName>;
  questions: Question[];
}

/**
 * The parsers are our own on chrono's engine. The locale's parsers read half hours, weekdays and two-digit years in ways
 * people here do not, and their relative units count in the zone of the process.
 */
const engine = new Chrono({
  parsers: [...DAY_PARSERS, ...RELATIVE_PARSERS, ...TIME_PARSERS],
  refiners: [{ refine: (_context, results) => keepLongest(results) }],
});

const DEFAULT_ZONE = 'Asia/Jakarta';
/** Looked for after the spellings are unified; a text without any of these names no day and no hour. */
const LIKELY =
  /\d|besok|lusa|tulat|kemarin|hari ini|minggu|senin|selasa|rabu|kamis|jumat|sabtu|bulan|siang|sore|pagi|malam|next|weekend|noon|tengah hari|setengah|habis |setelah |jam|month|week|day|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember/;
/** Longer texts are read in parts, so that no expression ever sees more than this. */
const PART_LENGTH = 500;
/** What comes after that is an attachment in disguise; appointments stand before. */
const LONGEST_READ = 2500;

/** The day and the hour a text speaks of, and what is open about them. */
export function findDates(text: string, context: LanguageContext): FoundDates {
  const dates: DateFinding[] = [];
  const times: TimeFinding[] = [];
  for (const part of splitText(text.slice(0, LONGEST_READ))) {
    const found = parsePart(part.text, part.start, context);
    dates.push(...found.dates);
    times.push(...found.times);
  }
  const zone = findZone(text.slice(0, LONGEST_READ));
  for (const finding of dates) if (isBound(text, finding)) makeVague(finding, 'vagueDate');
  for (const finding of times) if (isBound(text, finding)) makeVague(finding, 'vagueTime');
  const chosenDate = chooseDate(
    text,
    dates.filter((finding) => !isRecurring(text, finding)),
    todayIso(context),
  );
  const chosenTime = chooseTime(text, times);
  const questions = [...(chosenDate.questions ?? []), ...(chosenTime.questions ?? [])];
  if (chosenDate.date !== undefined && chosenTime.time === undefined) questions.push('noTime');
  return {
    ...pick(chosenDate, ['date', 'endDate']),
    ...pick(chosenTime, ['time', 'endTime']),
    ...(zone === undefined ? {} : { zone }),
    questions: [...new Set(questions)],
  };
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  const picked: Partial<T> = {};
  for (const key of keys) if (from[key] !== undefined) picked[key] = from[key];
  return picked as Pick<T, K>;
}

function parsePart(
  text: string,
  offset: number,
  context: LanguageContext,
): { dates: DateFinding[]; times: TimeFinding[] } {
  const rewritten = rewriteDateWords(text);
  if (!LIKELY.test(rewritten.text)) return { dates: [], times: [] };
  const readable = maskNumbers(rewritten.text);
  const timezone = offsetOf(context);
  const results = engine.parse(readable, { instant: context.now, timezone });
  const dates: DateFinding[] = [];
  const times: TimeFinding[] = [];
  for (const result of results) {
    const span = shift(spanOf(rewritten, result), offset);
    const day = isoOf(result.start);
    const time = timeOf(result.start);
    if (day !== undefined) dates.push(dateFinding(result, day, span));
    if (time !== undefined) times.push(timeFinding(result, time, span));
  }
  return { dates, times };
}

/** Minutes east of UTC; an unknown zone is taken for the service's own. */
function offsetOf(context: LanguageContext): number {
  const zone = context.zone !== undefined && IANAZone.isValidZone(context.zone) ? context.zone : DEFAULT_ZONE;
  return IANAZone.create(zone).offset(context.now.getTime());
}

function todayIso(context: LanguageContext): string {
  return new Date(context.now.getTime() + offsetOf(context) * 60_000).toISOString().slice(0, 10);
}

/** "setiap Senin", "tiap tanggal 5" name no day. */
function isRecurring(text: string, finding: DateFinding): boolean {
  return /(?:setiap|tiap|every|each|per)\s+$/i.test(
    text.slice(Math.max(0, finding.span.start - 9), finding.span.start),
  );
}

/** "paling lambat tanggal 10", "sebelum jam 12": an end of a span, not the day or hour wished for. */
function isBound(text: string, finding: { span: Span }): boolean {
  const before = text.slice(Math.max(0, finding.span.start - 24), finding.span.start);
  return /(?:sebelum|setelah|sesudah|stlh|sblm|paling lambat|selambat-lambatnya|maksimal|before|after|by)\s+(?:pada |hari )?$/i.test(
    before,
  );
}

function makeVague(finding: DateFinding | TimeFinding, question: Question): void {
  finding.confidence = Math.min(finding.confidence, 0.45);
  finding.questions.push(question);
}

function dateFinding(result: ParsedResult, value: string, span: Span): DateFinding {
  const end = result.end ? isoOf(result.end) : undefined;
  const tags = [...result.start.tags()];
  const weekday = tags.find((tag) => tag.startsWith('weekday/'));
  return {
    value,
    ...(end === undefined ? {} : { end }),
    span,
    confidence: confidenceOf(tags),
    questions: questionsOf(tags),
    ...(weekday === undefined ? {} : { weekday: Number(weekday.slice(8)) }),
    isBareWeekday: tags.includes('bareWeekday'),
    dayOfWeek: weekdayOf({
      year: result.start.get('year') ?? 0,
      month: result.start.get('month') ?? 1,
      day: result.start.get('day') ?? 1,
    }),
  };
}

function timeFinding(result: ParsedResult, value: string, span: Span): TimeFinding {
  const end = result.end ? timeOf(result.end) : undefined;
  const tags = [...result.start.tags()];
  return {
    value,
    ...(end === undefined ? {} : { end }),
    span,
    confidence: confidenceOf(tags),
    questions: questionsOf(tags),
  };
}

function isoOf(components: ParsedComponents): string | undefined {
  if (!components.isCertain('day')) return undefined;
  const date = calendarDay(
    components.get('year') ?? 0,
    components.get('month') ?? 0,
    components.get('day') ?? 0,
  );
  return date === undefined ? undefined : toIso(date);
}

function timeOf(components: ParsedComponents): string | undefined {
  if (!components.isCertain('hour')) return undefined;
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(components.get('hour') ?? 0)}:${pad(components.get('minute') ?? 0)}`;
}

function confidenceOf(tags: readonly string[]): number {
  const values = tags.filter((tag) => tag.startsWith('confidence/')).map((tag) => Number(tag.slice(11)));
  return values.length === 0 ? 0.5 : Math.min(...values);
}

function questionsOf(tags: readonly string[]): Question[] {
  return tags.filter((tag) => tag.startsWith('question/')).map((tag) => tag.slice(9) as Question);
}

function spanOf(rewritten: RewrittenText, result: ParsedResult): Span {
  return rewritten.originalSpan(result.index, result.index + result.text.length);
}

function shift(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

/** A day and an hour may share a word ("nanti siang jam 1"); two days or two hours may not. */
function keepLongest(results: ParsingResult[]): ParsingResult[] {
  const days = results.filter((result) => result.start.isCertain('day'));
  const hours = results.filter((result) => !result.start.isCertain('day'));
  return [...withoutOverlaps(days), ...withoutOverlaps(hours)];
}

/** Of two overlapping readings the longer stands; of two equal ones the earlier parser's. */
function withoutOverlaps(results: ParsingResult[]): ParsingResult[] {
  const kept: ParsingResult[] = [];
  for (const result of results) {
    const previous = kept[kept.length - 1];
    if (previous === undefined || result.index >= previous.index + previous.text.length) kept.push(result);
    else if (result.text.length > previous.text.length) kept[kept.length - 1] = result;
  }
  return kept;
}

function splitText(text: string): { text: string; start: number }[] {
  const parts: { text: string; start: number }[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + PART_LENGTH);
    if (end < text.length) {
      const blank = Math.max(
        text.lastIndexOf('\n', end),
        text.lastIndexOf('. ', end),
        text.lastIndexOf(' ', end),
      );
      if (blank > start + PART_LENGTH / 2) end = blank + 1;
    }
    parts.push({ text: text.slice(start, end), start });
    start = end;
  }
  return parts;
}
