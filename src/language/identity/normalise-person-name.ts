import { tokenise } from '../text/tokens.js';
import { HONORIFICS, TITLES } from './identity-words.js';
import { readNameAt } from './name-words.js';

const LONGEST = 100;
const LEAD_IN =
  /^(?:(?:oh|eh|iya|ya|baik|oke|ok|halo|hai)[\s,.]+)*(?:perkenalkan[\s,]+)?(?:(?:nama(?:\s+lengkap)?(?:\s+(?:saya|sy|aku|nya|lengkap))?|namanya|my\s+name\s+is|my\s+name's|i\s+am|i'm|name|saya|sy|aku|this\s+is)(?:\s+(?:adalah|ialah))?\s*[:=,-]?\s+)?/i;
const DEGREE_SHAPE = /^(?:\p{L}{1,4}\.)+\p{L}{0,4}\.?$/u;

/** A person's name as it goes on record, or undefined when the text cannot be one ("mau tanya", "12", "???"). */
export function normalisePersonName(text: string): string | undefined {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (trimmed.length < 2 || trimmed.length > LONGEST || /[\d@<>{}$#%^*=|\\/_~[\]]/.test(trimmed))
    return undefined;
  const bare = trimmed.replace(LEAD_IN, '').replace(/[\s,;!]+$/, '');
  const name = readNameAt(bare, 0);
  if (name === undefined) return undefined;
  const rest = bare.slice(name.end).replace(/[.\s]+$/, '');
  if (rest !== '' || bare.slice(name.start, name.end).replace(/[^\p{L}]/gu, '').length < 2) return undefined;
  return writeName(bare.slice(name.start, name.end));
}

/** Capitals where all letters were small or all were large; a name typed in mixed case stays as typed. */
export function writeName(text: string): string {
  const name = dropHonorifics(text.trim().replace(/\s+/g, ' '));
  const letters = name.replace(/[^\p{L}]/gu, '');
  const isFlat =
    letters === letters.toLowerCase() || (letters === letters.toUpperCase() && name.includes(' '));
  if (!isFlat) return name;
  return name
    .split(' ')
    .map((word, i) => writeWord(word, i))
    .join(' ');
}

function writeWord(word: string, position: number): string {
  const bare = word.replace(/[.,]/g, '').toLowerCase();
  if (position > 0 && DEGREE_SHAPE.test(word)) {
    return word.replace(/\p{L}+/gu, (part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase());
  }
  if (bare.length <= 3 && position > 0 && UPPER_DEGREES.has(bare)) return word.toUpperCase();
  if (TITLES.has(bare) && bare === 'dr') return word;
  return word
    .toLowerCase()
    .replace(/(^|['’-])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase());
}

const UPPER_DEGREES = new Set(['se', 'sh', 'st', 'mm', 'ma', 'mh', 'mt', 'sp', 'ss', 'sap', 'map', 'mba']);

function dropHonorifics(name: string): string {
  let rest = name;
  for (
    let first = tokenise(rest)[0];
    first !== undefined && HONORIFICS.has(first.norm);
    first = tokenise(rest)[0]
  ) {
    rest = rest.slice(first.end).replace(/^[\s.,]+/, '');
  }
  return rest;
}
