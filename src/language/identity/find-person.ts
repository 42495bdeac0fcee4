import { isLevelWord } from '../regions/region-names.js';
import { tokenise } from '../text/tokens.js';
import type { Found } from '../types.js';
import { AGENCY_HEADS, GIVEN_NAMES, HONORIFICS, POSITION_HEADS } from './identity-words.js';
import { readNameAt, type NameSpan } from './name-words.js';
import { writeName } from './normalise-person-name.js';
import { isInflected } from './word-shapes.js';

interface Cue {
  pattern: RegExp;
  confidence: number;
  /** Weak cues ("saya ...") need a capital or a clear end after the name. */
  isWeak: boolean;
}

const CUES: readonly Cue[] = [
  {
    pattern:
      /(?<![\p{L}])(?:(?:nama|nm)(?: lengkap)?(?: saya| sy| aku| ku|nya|ku)?|my (?:full )?name(?: is|'s)?|name)(?:\s+(?:adalah|ialah|itu)\s+|\s*[:=,-]\s*|\s+)(?=[\p{L}])/giu,
    confidence: 0.93,
    isWeak: false,
  },
  {
    pattern: /(?<![\p{L}])(?:atas nama|a\.n\.?|a\/n|an\.)\s*:?\s*(?=[\p{L}])/giu,
    confidence: 0.88,
    isWeak: false,
  },
  {
    pattern:
      /(?<![\p{L}])(?:perkenalkan,?\s*(?:nama\s*)?(?:saya|sy|kami|aku|kulo|kula)?|kenalkan,?\s*(?:saya|sy)?|saya|sy|sya|aku|kulo|kula|ambo|denai|ulun|inyong|tiang|ini|i am|i'm|this is|dengan|dgn|dg)(?:\s*[,:]\s*|\s+)(?=[\p{L}])/giu,
    confidence: 0.85,
    isWeak: true,
  },
  { pattern: /(?<![\p{L}])abdi\s+(?=\p{Lu})/gu, confidence: 0.8, isWeak: true },
];

/** The name someone gives of themselves; titles and degrees stay with it, "Pak" and "Bu" do not. */
export function findPerson(text: string): Found<string> | undefined {
  const head = text.slice(0, 1500);
  for (const cue of CUES) {
    for (const match of head.matchAll(cue.pattern)) {
      const after = match.index + match[0].length;
      const name = readNameAt(head, after);
      if (name === undefined || /[^\s]/.test(removeHonorifics(head.slice(after, name.start)))) continue;
      if (cue.isWeak && !isClear(head, name)) continue;
      return {
        value: writeName(head.slice(name.start, name.end)),
        span: { start: name.start, end: name.end },
        confidence: cue.isWeak && !name.isCapitalised ? cue.confidence - 0.15 : cue.confidence,
      };
    }
  }
  return openingName(head);
}

const GREETING =
  /^(?:\s*(?:halo|hallo|hai|hi|hello|selamat\s+(?:pagi|siang|sore|malam)|assalamu['’]?alaikum(?:\s+wr\.?\s*wb\.?)?|pagi|siang|sore|malam|permisi|mohon\s+maaf|min|kak|admin)[\s,.!]+){0,4}\s*/i;

/** "Yusuf dari Bappeda Kab. Bima", "Siti Contoh - Kabid Akuntansi": a name that opens the message. */
function openingName(text: string): Found<string> | undefined {
  const start = GREETING.exec(text)?.[0].length ?? 0;
  const name = readNameAt(text, start);
  if (name === undefined || name.words > 5 || removeHonorifics(text.slice(start, name.start)) !== '')
    return undefined;
  const link = /^\s*(dari|dr|from|ti|saking|,|-|–|\(|\/|\n)\s*(?:the\s+)?/i.exec(text.slice(name.end));
  const isAddressed = name.start > start;
  if (link === null && !isAddressed) return undefined;
  const words = tokenise(text.slice(name.start, name.end)).map((token) => token.norm);
  const from = name.end + (link?.[0].length ?? 0);
  const isKnown = words.some((word) => GIVEN_NAMES.has(word));
  if (!beginsOffice(text.slice(from, from + 30)) || !(isKnown || (name.isCapitalised && name.words >= 2)))
    return undefined;
  return {
    value: writeName(text.slice(name.start, name.end)),
    span: { start: name.start, end: name.end },
    confidence: isKnown ? 0.8 : 0.7,
  };
}

/** "Kadis Kominfo Kab. Soppeng, pak Anwar": the message closes with the name of who holds the post. */
export function nameAfter(text: string, end: number): Found<string> | undefined {
  const lead = /^[\s,-]{1,3}(?:pak|bu|bapak|ibu|bpk)\.?\s+(?=\p{Lu})/iu.exec(text.slice(end, end + 20));
  if (lead === null) return undefined;
  const name = readNameAt(text, end + lead[0].length);
  if (name === undefined || !name.isCapitalised || !/^[\s.]*$/.test(text.slice(name.end))) return undefined;
  return {
    value: writeName(text.slice(name.start, name.end)),
    span: { start: name.start, end: name.end },
    confidence: 0.65,
  };
}

/** A position, an office, or "kab" comes next. */
function beginsOffice(text: string): boolean {
  const next = tokenise(text)[0]?.norm ?? '';
  return POSITION_HEADS.has(next) || AGENCY_HEADS.has(next) || isLevelWord(next);
}

function removeHonorifics(text: string): string {
  return text
    .split(/[\s.]+/)
    .filter((word) => !HONORIFICS.has(word.toLowerCase()))
    .join('');
}

/** After "saya" almost anything may follow; a name is capitalised, well known, or stands before an office. */
function isClear(text: string, name: NameSpan): boolean {
  if (name.words > 5) return false;
  const words = tokenise(text.slice(name.start, name.end)).map((token) => token.norm);
  const isKnown = GIVEN_NAMES.has(words[0] ?? '') || GIVEN_NAMES.has(words[1] ?? '');
  const after = text.slice(name.end, name.end + 30);
  if (name.isCapitalised) return isKnown || name.words >= 2 || CLOSES.test(after) || /^\s+\p{L}/u.test(after);
  if (words.some(isInflected) || name.words > 4) return false;
  return (
    isKnown || beginsOffice(after) || /^\s*,?\s*(?:dari|dr|ti|saking|selaku|sebagai|from)\s/i.test(after)
  );
}

const CLOSES = /^\s*(?:,|\.|-|\(|\n|$|dari\b|dr\b|ti\b|saking\b|selaku\b|sebagai\b|from\b|of\b)/i;
