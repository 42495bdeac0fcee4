import type { ParsingContext } from 'chrono-node';
import type { ParsingComponents, ParsingResult } from 'chrono-node/id';
import { minutesOf, readClock, readPeriod, resolveHour, type Clock, type Period } from './read-clock.js';
import {
  assignDay,
  startsInsideWord,
  tag,
  wallClock,
  type DateParser,
  type Reading,
} from './parser-support.js';

const PERIOD =
  'pagi|siang|sore|malam|subuh|dini hari|in the pagi|in the sore|in the malam|a\\.m\\.|p\\.m\\.|am|pm';
const RANGE = '(?:-|sampai(?: dengan)?|s\\/d|s\\.d\\.?|to)';
const TAIL = `(?: ?(?:-?an))?(?: ?(${PERIOD})(?![\\p{L}]))?`;
const UP_TO = `(?: ?(?:wib|wita|wit)? ?(?:${RANGE}|(dan|and)) ?(?:jam |pukul )?(setengah )?(\\d{1,2})(?: ?[.:] ?(\\d{2}))?(?!\\d|[.,/]\\d)(?! ?(?:menit|orang|hari|kali|jam))${TAIL})?`;

/** "jam 9", "pukul 14.30", "jam setengah 10", "jam 9 kurang 10", "nanti siang jam 1", "jam 9 sampai 11". */
const spoken: DateParser = {
  pattern: () => SPOKEN,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    if (/(?:selama|dalam) \d{1,3} $/.test(context.text.slice(0, match.index))) return null;
    const [, early, half, hour, minute, , , late] = match;
    const clock = readClock(hour, minute, half !== undefined, readOffset(match));
    if (clock === undefined) return null;
    const period = readPeriod(late ?? early);
    const isAntara =
      /antara(?: jam| pukul)? ?$/.test(context.text.slice(0, match.index)) || match[0].startsWith('antara');
    return timeResult(context, match, clock, period, readEnd(match, 8, isAntara), hour ?? '');
  },
};
const SPOKEN = new RegExp(
  `(?:(pagi|siang|sore|malam)(?: ini| nanti)?,? )?(?:sekitar |antara )?(?:jam|pukul|at)\\.? ?(setengah )?(\\d{1,2})(?: ?[.:,] ?(\\d{2}))?(?!\\d|[.,/]\\d)(?! menit)(?: ?(lewat|lebih|kurang) ?(\\d{1,2}|seperempat)(?: menit)?)?(?: ?(?:o.?clock))?${TAIL}${UP_TO}`,
  'u',
);

/** "9.30", "09:00-10:00", "14.30 WITA" without "jam": a dot needs a zone, a part of the day or a range beside it. */
const written: DateParser = {
  pattern: () => WRITTEN,
  extract(context, match) {
    const before = context.text.slice(Math.max(0, (match.index ?? 0) - 2), match.index);
    if (startsInsideWord(context, match) || /[\d.,/:]$|\d[-]$/.test(before)) return null;
    const [, hour, separator, minute, late] = match;
    const clock = readClock(hour, minute, false, 0);
    const end = readEnd(match, 5, false);
    const isEvident =
      separator === ':' || late !== undefined || end !== undefined || standsAsTime(context, match);
    return clock === undefined || !isEvident
      ? null
      : timeResult(context, match, clock, readPeriod(late), end, hour ?? '');
  },
};
const WRITTEN = new RegExp(`(\\d{1,2})([.:])(\\d{2})(?!\\d|[.:,/]\\d|%)${TAIL}${UP_TO}`, 'u');

function standsAsTime(context: ParsingContext, match: RegExpMatchArray): boolean {
  const after = context.text.slice((match.index ?? 0) + match[0].length);
  const before = context.text.slice(0, match.index);
  return (
    /^ ?(?:wib|wita|wit|(?:-|sampai|s\/d|s\.d\.?) ?selesai)\b/.test(after) ||
    context.text.trim() === match[0].trim() ||
    /(?:besok|lusa|senin|selasa|rabu|kamis|jumat|sabtu|hari ini|depan|pagi|siang|sore|malam|pada|\d{4}|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|tanggal \d{1,2})[, ]{1,2}$/.test(
      before,
    )
  );
}

/** "setengah 3 sore", "setengah 10", "half past 9". */
const half: DateParser = {
  pattern: () => HALF,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const { hour, period, past } = match.groups ?? {};
    const clock = past === undefined ? readClock(hour, undefined, true, 0) : readClock(past, '30', false, 0);
    return clock === undefined ? null : timeResult(context, match, clock, readPeriod(period), undefined, '');
  },
};
const HALF = new RegExp(
  `(?:setengah (?<hour>\\d{1,2})(?! ?(?:jam|hari|bulan|tahun|minggu|juta|miliar))|half past (?<past>\\d{1,2}))(?!\\d|[.,]\\d)(?: ?(?<period>${PERIOD})(?![\\p{L}]))?`,
  'u',
);

/** "10 pagi", "2pm", "9-11 pagi", "9 o'clock", "0930 WIB", "jam 1300". */
const short: DateParser = {
  pattern: () => SHORT,
  extract(context, match) {
    const before = context.text.slice(Math.max(0, (match.index ?? 0) - 8), match.index);
    if (startsInsideWord(context, match) || /[\d.,/:-]$|\d[.,]? $|tanggal $/.test(before)) return null;
    const { hour, period, last, four, even } = match.groups ?? {};
    const written = four ?? even;
    const clock =
      written === undefined
        ? readClock(hour, undefined, false, 0)
        : readClock(written.slice(0, 2), written.slice(2), false, 0);
    if (clock === undefined) return null;
    const finish = last === undefined ? undefined : readClock(last, undefined, false, 0);
    const end = finish === undefined ? undefined : { clock: finish, period: readPeriod(period) };
    const shared = last === undefined ? readPeriod(period) : undefined;
    return timeResult(context, match, clock, shared, end, written ?? hour ?? '');
  },
};
const SHORT = new RegExp(
  `(?<hour>\\d{1,2})(?: ?(?:-|to|and|sampai|s\\/d) ?(?<last>\\d{1,2}))? ?(?<period>pagi|siang|sore|am|pm|a\\.m\\.|p\\.m\\.|o.?clock)(?![\\p{L}])|(?<four>[01]\\d[0-5]\\d|2[0-3][0-5]\\d)(?= ?(?:wib|wita|wit)(?![\\p{L}]))|(?:jam|pukul) (?<even>[01]\\d[0-5]\\d|2[0-3][0-5]\\d)(?!\\d)`,
  'u',
);

const noon: DateParser = {
  pattern: () => /(?:at |jam )?(?:noon|tengah hari)(?![\p{L}])/u,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    return timeResult(context, match, { hour: 12, minute: 0 }, 'siang', undefined, '');
  },
};

/** "2 jam lagi", "30 menit lagi", "setengah jam lagi". */
const fromNow: DateParser = {
  pattern: () =>
    /(\d{1,3}|se|an |a )? ?(setengah )?(jam|menit|hours?|minutes?) (?:lagi|kemudian|from now)(?![\p{L}])/u,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const whole = /\d/.test(match[1] ?? '') ? Number(match[1]) : match[1] === undefined ? 0 : 1;
    const amount = whole + (match[2] === undefined ? 0 : 0.5);
    if (amount === 0) return null;
    const minutes = amount * (/^(?:jam|hour)/.test(match[3] ?? '') ? 60 : 1);
    const then = new Date(wallClock(context).getTime() + minutes * 60_000);
    const result = context.createParsingResult(match.index ?? 0, match[0]);
    const day = { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate() };
    assignDay(result.start, day, { confidence: 0.9 });
    assignTime(result.start, { hour: then.getUTCHours(), minute: then.getUTCMinutes() }, { confidence: 0.9 });
    return result;
  },
};

/** "habis jumatan", "ba'da zuhur", "setelah makan siang": about an hour, to be asked. */
const afterPause: DateParser = {
  pattern: () =>
    /(?:habis|setelah|selesai|after) (?:salat )?(jumatan|jumat|zuhur|asar|magrib|isya|makan siang|istirahat)(?![\p{L}\d])/u,
  extract(context, match) {
    if (startsInsideWord(context, match)) return null;
    const clock = PAUSE_ENDS[match[1] ?? ''];
    if (clock === undefined || match[0] === 'setelah jumat') return null;
    const result = context.createParsingResult(match.index ?? 0, match[0]);
    assignTime(result.start, clock, { confidence: 0.4, questions: ['vagueTime'] });
    return result;
  },
};
const PAUSE_ENDS: Readonly<Record<string, Clock>> = {
  jumatan: { hour: 13, minute: 30 },
  jumat: { hour: 13, minute: 30 },
  zuhur: { hour: 13, minute: 0 },
  'makan siang': { hour: 13, minute: 0 },
  istirahat: { hour: 13, minute: 0 },
  asar: { hour: 15, minute: 30 },
  magrib: { hour: 18, minute: 30 },
  isya: { hour: 19, minute: 30 },
};

export const TIME_PARSERS: readonly DateParser[] = [spoken, written, half, short, noon, fromNow, afterPause];

interface End {
  clock: Clock;
  period: Period | undefined;
}

function readEnd(match: RegExpMatchArray, from: number, isAntara: boolean): End | undefined {
  const [and, half, hour, minute, period] = match.slice(from, from + 5);
  if (hour === undefined || (and !== undefined && !isAntara)) return undefined;
  const clock = readClock(hour, minute, half !== undefined, 0);
  return clock === undefined ? undefined : { clock, period: readPeriod(period) };
}

function readOffset(match: RegExpMatchArray): number {
  const [direction, amount] = [match[5], match[6]];
  if (direction === undefined || amount === undefined) return 0;
  const minutes = amount === 'seperempat' ? 15 : Number(amount);
  return direction === 'kurang' ? -minutes : minutes;
}

function timeResult(
  context: ParsingContext,
  match: RegExpMatchArray,
  clock: Clock,
  period: Period | undefined,
  end: End | undefined,
  hourText: string,
): ParsingResult {
  const result = context.createParsingResult(match.index ?? 0, match[0].trimEnd());
  const shared = period ?? (end !== undefined && clock.hour < end.clock.hour ? end.period : undefined);
  const start = resolveHour(clock, shared, hourText.startsWith('0'));
  assignTime(result.start, start.clock, start.reading);
  if (end !== undefined) {
    let finish = resolveHour(end.clock, end.period ?? shared, false).clock;
    if (minutesOf(finish) <= minutesOf(start.clock) && end.clock.hour < 12) {
      finish = { hour: (end.clock.hour + 12) % 24, minute: end.clock.minute };
    }
    if (minutesOf(finish) > minutesOf(start.clock)) {
      result.end = context.createParsingComponents();
      assignTime(result.end, finish, start.reading);
    }
  }
  return result;
}

function assignTime(components: ParsingComponents, clock: Clock, reading: Reading): void {
  components.assign('hour', clock.hour).assign('minute', clock.minute);
  tag(components, reading);
}
