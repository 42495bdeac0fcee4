import type { Found, Question, Span } from '../types.js';

export interface Finding {
  value: string;
  end?: string;
  span: Span;
  confidence: number;
  questions: Question[];
}

export type TimeFinding = Finding;

export interface DateFinding extends Finding {
  /** The weekday said, where one was (0 = Sunday). */
  weekday?: number;
  /** The weekday the date falls on. */
  dayOfWeek: number;
  isBareWeekday: boolean;
}

export interface ChosenDate {
  date?: Found<string>;
  endDate?: Found<string>;
  questions?: Question[];
}

export interface ChosenTime {
  time?: Found<string>;
  endTime?: Found<string>;
  questions?: Question[];
}

/** The one day meant: weekdays joined to their date, ranges closed, what was taken back or dates a letter left out. */
export function chooseDate(text: string, found: readonly DateFinding[], today: string): ChosenDate {
  const joined = joinRanges(text, joinWeekdays(text, found));
  const meant = preferNotLetter(text, dropRetracted(text, joined));
  const chosen = chooseOne(text, preferComing(meant, today), 'severalDates');
  if (chosen === undefined) return {};
  const { finding } = chosen;
  return {
    date: { value: finding.value, span: finding.span, confidence: finding.confidence },
    ...(finding.end === undefined
      ? {}
      : { endDate: { value: finding.end, span: finding.span, confidence: finding.confidence } }),
    questions: finding.questions,
  };
}

export function chooseTime(text: string, found: readonly TimeFinding[]): ChosenTime {
  const chosen = chooseOne(
    text,
    dropRetracted(text, joinZones(text, joinRanges(text, found))),
    'severalTimes',
  );
  if (chosen === undefined) return {};
  const { finding } = chosen;
  return {
    time: { value: finding.value, span: finding.span, confidence: finding.confidence },
    ...(finding.end === undefined
      ? {}
      : { endTime: { value: finding.end, span: finding.span, confidence: finding.confidence } }),
    questions: finding.questions,
  };
}

const BESIDE =
  /^[\s,(/:-]{0,3}(?:(?:yang|yg|sing)\s)?(?:tanggal|tgl|tertanggal|tggl|yaitu|yakni|pada|tgl\.)?[\s.,:]{0,2}$/i;

/** "Kamis, 3 Maret 2026" is one day said twice; where the two differ it is asked about. */
function joinWeekdays(text: string, found: readonly DateFinding[]): DateFinding[] {
  const joined: DateFinding[] = [];
  for (const finding of found) {
    const previous = joined[joined.length - 1];
    const between = previous === undefined ? '' : text.slice(previous.span.end, finding.span.start);
    if (previous === undefined || !BESIDE.test(between)) joined.push(finding);
    else if (previous.isBareWeekday && finding.weekday === undefined) {
      joined[joined.length - 1] = sameDay(finding, previous);
    } else if (finding.isBareWeekday && previous.weekday === undefined) {
      joined[joined.length - 1] = sameDay(previous, finding);
    } else if (previous.value === finding.value) {
      joined[joined.length - 1] = { ...previous, span: spanning(previous.span, finding.span) };
    } else joined.push(finding);
  }
  return joined;
}

function sameDay(date: DateFinding, weekday: DateFinding): DateFinding {
  const span = spanning(date.span, weekday.span);
  if (weekday.weekday === date.dayOfWeek)
    return { ...date, span, confidence: Math.max(date.confidence, 0.9) };
  return { ...date, span, confidence: 0.3, questions: [...date.questions, 'conflictWeekday'] };
}

const UP_TO =
  /^\s*(?:-|–|—|sampai(?: dengan)?|sampe|smp|s\/d|s\.d\.?|sd|hingga|to|until)\s*(?:hari|tanggal|tgl)?\.?\s*$/i;

/** "12 Maret s.d. 2 April": two findings, one range. */
function joinRanges<T extends Finding>(text: string, found: readonly T[]): T[] {
  const joined: T[] = [];
  for (const finding of found) {
    const previous = joined[joined.length - 1];
    const isRange =
      previous !== undefined &&
      previous.end === undefined &&
      finding.value > previous.value &&
      UP_TO.test(text.slice(previous.span.end, finding.span.start));
    if (isRange) {
      joined[joined.length - 1] = {
        ...previous,
        end: finding.value,
        span: spanning(previous.span, finding.span),
        confidence: Math.min(previous.confidence, finding.confidence),
      };
    } else joined.push(finding);
  }
  return joined;
}

const ZONE_HOURS: Readonly<Record<string, number>> = { wib: 0, wita: 1, wit: 2 };

/** "10.00 WIB / 11.00 WITA" is one moment said twice: the first stands. */
function joinZones(text: string, found: readonly TimeFinding[]): TimeFinding[] {
  const zoneAfter = (finding: TimeFinding): number | undefined =>
    ZONE_HOURS[
      /^\s?(wib|wita|wit)\b/i.exec(text.slice(finding.span.end, finding.span.end + 6))?.[1]?.toLowerCase() ??
        ''
    ];
  return found.filter((finding, i) => {
    const previous = found[i - 1];
    const [zone, first] = [zoneAfter(finding), previous && zoneAfter(previous)];
    if (previous === undefined || zone === undefined || first === undefined) return true;
    return minutesOf(finding.value) - minutesOf(previous.value) !== (zone - first) * 60;
  });
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

const RETRACTED =
  /(?:\b(?:bukan|bkn|jangan|jgn|selain|kecuali|not|batal|gabisa|(?:tidak|gak|ga|nggak|tdk|gk) (?:bisa|jadi)|berhalangan)(?: (?:di|hari|pada|yang|yg|kalau|kalo|on|the|untuk|utk|tanggal|tgl))?|(?:dari|semula|tadinya|awalnya)(?: (?:hari|tanggal|tgl|jadwal))?)\s*$/i;
/** "kalau tidak bisa Selasa ya Rabu" leaves both open. */
const ON_CONDITION = /\b(?:kalau|kalo|klo|jika|bila|if)\s[^.!?]{0,20}$/i;
const TAKEN_BACK =
  /^[\s,.;-]*(?:(?:ga|gak|nggak|tidak|tdk|gk) (?:bisa|jadi)|berhalangan|penuh|libur|salah|keliru)/i;
const REPLACED =
  /(?:^|[\s,.])(?:eh|ralat|maksud(?:nya|ku)?|sori|sorry|maaf|diganti|ganti|jadi(?:nya)?|ke|menjadi|tapi|tetapi|pindah(?:kan)?|undur|diundur|dimajukan|melainkan)(?=[\s,.]|$)/i;

/** "jangan Senin, Selasa saja"; "besok eh lusa"; "dari Senin ke Rabu": the last word counts. */
function dropRetracted<T extends Finding>(text: string, found: readonly T[]): T[] {
  const kept = found.filter((finding, i) => {
    const before = text.slice(Math.max(0, finding.span.start - 28), finding.span.start);
    const next = found[i + 1];
    const isOnly = found.length === 1;
    if (RETRACTED.test(before) && !ON_CONDITION.test(before))
      return isOnly && !/(?:bukan|bkn|jangan|jgn|selain|kecuali|not|bisa)\s*(?:\w+ )?$/i.test(before);
    if (TAKEN_BACK.test(text.slice(finding.span.end, finding.span.end + 24))) return isOnly;
    if (next === undefined) return true;
    const between = text.slice(finding.span.end, next.span.start);
    return between.length > 40 || !REPLACED.test(between);
  });
  return kept;
}

const LETTER =
  /\b(?:surat|srt|nota dinas|undangan|tertanggal|bertanggal|dated|letter|nomor|no|pmk|perda|peraturan|lahir|ttl)\b[^.!?\n]{0,50}$/i;

/** Where a letter's own date stands beside another day, the other one is what the user asks for. */
function preferNotLetter(text: string, found: readonly DateFinding[]): DateFinding[] {
  const others = found.filter((finding, i) => {
    const from = Math.max(found[i - 1]?.span.end ?? 0, finding.span.start - 60);
    return !LETTER.test(text.slice(from, finding.span.start));
  });
  return others.length > 0 ? others : [...found];
}

function chooseOne<T extends Finding>(
  text: string,
  found: readonly T[],
  question: Question,
): { finding: T } | undefined {
  const [first] = found;
  if (first === undefined) return undefined;
  const distinct = new Set(found.map((finding) => finding.value));
  if (distinct.size === 1) {
    const best = found.reduce((a, b) => (b.confidence > a.confidence ? b : a));
    return { finding: best };
  }
  if (isChoice(text, found))
    return { finding: { ...first, confidence: 0.4, questions: [...first.questions, question] } };
  const sure = found.filter((finding) => finding.confidence >= 0.5);
  const [only] = sure;
  if (sure.length === 1 && only !== undefined) return { finding: only };
  const base = only ?? first;
  return { finding: { ...base, confidence: 0.4, questions: [...base.questions, question] } };
}

/** "kemarin kami kirim surat, bisa 5 Maret?": beside a day to come, a day gone by is only told. */
function preferComing(found: readonly DateFinding[], today: string): readonly DateFinding[] {
  const coming = found.filter((finding) => finding.value >= today);
  return coming.length > 0 ? coming : found;
}

/** "Senin atau Selasa": the user leaves it open. */
function isChoice(text: string, found: readonly Finding[]): boolean {
  return found.some((finding, i) => {
    const next = found[i + 1];
    if (next !== undefined && UP_TO.test(text.slice(finding.span.end, next.span.start))) return true;
    return (
      next !== undefined &&
      /^\s*,?\s*(?:atau|ato|atw|or|kalau tidak)\b/i.test(text.slice(finding.span.end, next.span.start))
    );
  });
}

function spanning(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
