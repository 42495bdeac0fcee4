import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Found } from '../types.js';

const CANDIDATE =
  /(?<![\p{L}\p{N}.-]|(?<!\p{L})\/)(?:\+ ?|\()?\d(?:[\d]|[ .()/-]{1,2}(?=\d|\()){6,24}\d(?![\p{L}\p{N}/])/gu;

/** The first telephone number of the text in E.164; Indonesian where no country is given. */
export function checkPhone(text: string): string | undefined {
  return locatePhone(text)?.value;
}

export function locatePhone(text: string): Found<string> | undefined {
  if (!HAS_DIGITS.test(text)) return locateSpoken(text);
  for (const match of text.matchAll(CANDIDATE)) {
    const number = readNumber(match[0], text.slice(Math.max(0, match.index - 24), match.index));
    if (number !== undefined) {
      const span = { start: match.index, end: match.index + match[0].length };
      return { value: number, span, confidence: 0.96 };
    }
  }
  return undefined;
}

const DIGITS = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'];
const SPOKEN = new RegExp(`(?<!\\p{L})nol(?: (?:${DIGITS.join('|')})){8,13}(?!\\p{L})`, 'iu');

/** "nol delapan satu dua …", as a telephone writes what it hears. */
function locateSpoken(text: string): Found<string> | undefined {
  const match = SPOKEN.exec(text);
  if (match === null) return undefined;
  const words = match[0].toLowerCase().split(' ');
  const number = readNumber(words.map((word) => DIGITS.indexOf(word)).join(''), text.slice(0, match.index));
  const span = { start: match.index, end: match.index + match[0].length };
  return number === undefined ? undefined : { value: number, span, confidence: 0.8 };
}

const HAS_DIGITS = /(?:\d[ .()/-]{0,2}){8}/;
const NOT_PHONE = /(?:nip|nik|npwp|rekening|rek|nomor surat|no\.? surat|ktp|nrp)\b[ .:a-z]{0,12}$/i;
const PHONE_CUE = /(?:hp|wa|whatsapp|telp?|telepon|tlp|phone|kontak|hubungi|nomor|no|call)\b[ .:a-z]{0,16}$/i;

function readNumber(written: string, before: string): string | undefined {
  const digits = written.replace(/\D/g, '');
  if (digits.length < 8 || digits.length > 15 || NOT_PHONE.test(before)) return undefined;
  if (/^\d{1,3}(?:\.\d{3})+$/.test(written) || /^\d{4}-\d{2}-\d{2}/.test(written)) return undefined;
  const isInternational = written.startsWith('+') || /^62[28]/.test(digits) || /^62[3-9]/.test(digits);
  const isNational = digits.startsWith('0');
  const isBareMobile = /^8[1-9]\d{7,10}$/.test(digits) && (PHONE_CUE.test(before) || before.trim() === '');
  if (!isInternational && !isNational && !isBareMobile) return undefined;
  const parsed = parsePhoneNumberFromString(
    isInternational ? `+${digits}` : isNational ? digits : `0${digits}`,
    'ID',
  );
  return parsed?.isValid() === true ? parsed.number : undefined;
}
