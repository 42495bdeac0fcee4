import { DateTime } from 'luxon';
import { findDates } from '../../language/index.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';

/** What is asked about a request letter, in this order (R-B1). */
export const LETTER_FACTS = ['number', 'date', 'addressee', 'sender'] as const;
export type LetterFact = (typeof LETTER_FACTS)[number];
export type LetterFacts = Partial<Record<LetterFact, string>>;

/** What a caption or a message tells of a letter: "No. 900/12/BPKAD tanggal 24 Februari 2026 dari Bupati Gowa". */
export function readLetter(written: string, now: Date): LetterFacts {
  const text = written.slice(0, LONGEST_READ);
  const number = readNumber(text);
  const rest = number === undefined ? text : text.replace(number, ' ');
  const date = readLetterDate(rest, now);
  const addressee = part(ADDRESSEE, rest);
  const sender = part(SENDER, rest);
  return {
    ...(number === undefined ? {} : { number }),
    ...(date === undefined ? {} : { date }),
    ...(addressee === undefined ? {} : { addressee }),
    ...(sender === undefined ? {} : { sender }),
  };
}

/** Characters: a letter says what it is at its beginning, and an e-mail can be endless. */
const LONGEST_READ = 10_000;

const NAMED_NUMBER =
  /(?:^|[\s(,;])(?:nomor|nomer|nmr|no|number)(?:\s+surat(?:nya)?)?\s*(?:[.:]+\s*)?(?=[^\s,;]*\d)([\p{L}\d][\p{L}\d./_-]{1,59})/iu;
/** "900/123/BPKAD/2026": what is written so is a letter's number, and 24/02/2026 is a date. */
const BARE_NUMBER =
  /(?:^|[\s(,;:])((?!\d{1,2}[/-]\d{1,2}[/-]\d{2,4}(?![\p{L}\d./-]))(?=[^\s,;]*\d)[\p{L}\d.]+(?:[/-][\p{L}\d.]+){2,9})/iu;

function readNumber(text: string): string | undefined {
  const found = NAMED_NUMBER.exec(text)?.[1] ?? BARE_NUMBER.exec(text)?.[1];
  return found?.replace(/[.,;:]+$/u, '');
}

const NEXT =
  '(?=[,;\\n]|\\.\\s*$|\\s+(?:dari|pengirim|kepada|untuk|yth|nomor|nomer|no|tanggal|tgl|tertanggal|perihal|from|to|dated|date|signed)\\b|\\s*$)';
const ADDRESSEE = new RegExp(
  `\\b(?:kepada|yth|ditujukan (?:kepada|ke|untuk)|addressed to|to)\\b[.:]*\\s*(?:yth\\b\\.?\\s*)?(.{3,120}?)${NEXT}`,
  'iu',
);
const SENDER = new RegExp(
  `\\b(?:dari|pengirim(?:nya)?|penandatangan|ditandatangani(?: oleh)?|ttd|from|sender|signed by)\\b[.:]*\\s*(.{3,120}?)${NEXT}`,
  'iu',
);

function part(pattern: RegExp, text: string): string | undefined {
  const found = pattern.exec(text)?.[1]?.trim();
  return found !== undefined && /\p{L}{2}/u.test(found) ? found : undefined;
}

/** A letter was written on a day behind us: "24 Februari" is the one that was. */
export function readLetterDate(text: string, now: Date): string | undefined {
  const found = findDates(text, { now }).date;
  if (found === undefined || found.confidence < 0.3) return undefined;
  const today = DateTime.fromJSDate(now, { zone: SERVICE_ZONE }).toISODate() ?? '';
  const yearSaid = /\b20\d\d\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2}\b/u.test(text);
  if (found.value <= today || yearSaid) return found.value;
  return NAMED_DAY.test(text)
    ? (DateTime.fromISO(found.value).minus({ years: 1 }).toISODate() ?? undefined)
    : found.value;
}

const NAMED_DAY = /\d\s*(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)/iu;

/** future, or older than a year: either is rather a slip than a letter's date. */
export function doubtfulDate(date: string, now: Date): 'future' | 'old' | undefined {
  const today = DateTime.fromJSDate(now, { zone: SERVICE_ZONE });
  if (date > (today.toISODate() ?? '')) return 'future';
  return date < (today.minus({ years: 1 }).toISODate() ?? '') ? 'old' : undefined;
}

/** R-B1: to the Direktur Jenderal Perimbangan Keuangan, however it is written. */
export function isToDirectorGeneral(addressee: string): boolean {
  if (/perbendaharaan|anggaran|pajak|bea|kekayaan|keuangan daerah/iu.test(addressee)) return false;
  return (
    /\b(?:dirjen|dir\.?jen|direktur jend[ae]ral|directors?[ -]general)\b/iu.test(addressee) ||
    /\bDJPK\b|perimbangan keuangan|fiscal balance/iu.test(addressee)
  );
}
