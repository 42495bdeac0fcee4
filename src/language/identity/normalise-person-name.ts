import { tokenise } from '../text/tokens.js';
import { DEGREES, HONORIFICS } from './identity-words.js';
import { readNameAt } from './name-words.js';

const LONGEST = 100;
const LEAD_IN =
  /^(?:(?:oh|eh|iya|ya|baik|oke|ok|halo|hai)[\s,.]+){0,4}(?:panggil(?:\s+(?:saja|aja|saya))*\s+)?(?:perkenalkan[\s,]+)?(?:(?:nama(?:\s+lengkap)?(?:\s+(?:saya|sy|aku|nya|lengkap))?|namanya|namaku|my\s+name\s+is|my\s+name's|i\s+am|i'm|name|saya|sy|aku|this\s+is)(?:\s+(?:adalah|ialah))?\s*[:=,-]?\s+)?/i;
/** What may follow a name without being part of it: "Rudi saja pak", "Rudi dari BPKAD". */
const TRAILING =
  /^(?:[\s,.]+(?:saja|aja|pak|bu|bapak|ibu|kak|min|ya|mas|mbak|dong|gan))*(?:[\s,.]+(?:dari|from)\s.{0,80})?[\s.,]*$/i;
const DEGREE_SHAPE = /^(?:\p{L}{1,4}\.)+\p{L}{0,4}\.?$/u;

/** A person's name as it goes on record, or undefined when the text cannot be one ("mau tanya", "12", "???"). */
export function normalisePersonName(text: string): string | undefined {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (trimmed.length < 2 || trimmed.length > LONGEST || /[\d@<>{}$#%^*=|\\/_~[\]]/.test(trimmed))
    return undefined;
  const bare = trimmed.replace(LEAD_IN, '').replace(/[\s,;!]+$/, '');
  const name = readNameAt(bare, 0);
  if (name === undefined) return undefined;
  const rest = bare.slice(name.end).replace(TRAILING, '');
  if (rest !== '' || bare.slice(name.start, name.end).replace(/[^\p{L}]/gu, '').length < 2) return undefined;
  return writeName(bare.slice(name.start, name.end));
}

/** Capitals where the name was typed all small or all large; mixed case stays as typed. */
export function writeName(text: string): string {
  const name = dropHonorifics(text.trim().replace(/\s+/g, ' '));
  const words = name.split(' ');
  const letters = words.filter((word, i) => !isDegree(word, i)).join('');
  const isFlat =
    letters === letters.toLowerCase() || (letters === letters.toUpperCase() && letters.length > 3);
  return isFlat ? words.map((word, i) => writeWord(word, i)).join(' ') : name;
}

function isDegree(word: string, position: number): boolean {
  return position > 0 && (DEGREE_SHAPE.test(word.replace(/,$/, '')) || DEGREES.has(bareOf(word)));
}

function bareOf(word: string): string {
  return word.replace(/[.,]/g, '').toLowerCase();
}

/** Degrees typed small get their capitals: "m.si." → "M.Si.", "se" → "SE"; those typed otherwise are left. */
function writeWord(word: string, position: number): string {
  const bare = bareOf(word);
  if (isDegree(word, position)) {
    if (word !== word.toLowerCase()) return word;
    if (UPPER_DEGREES.has(bare) && !word.includes('.')) return word.toUpperCase();
    return capitalise(word);
  }
  return bare === 'dr' || bare === 'drg' ? word : capitalise(word.toLowerCase());
}

function capitalise(word: string): string {
  return word.replace(
    /(^|['’.-])(\p{L})/gu,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
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
