import type { Found } from '../types.js';
import { HONORIFICS } from './identity-words.js';
import { readNameAt, type NameSpan } from './name-words.js';
import { writeName } from './normalise-person-name.js';

interface Cue {
  pattern: RegExp;
  confidence: number;
  /** Weak cues ("saya ...") need a capital or a clear end after the name. */
  isWeak: boolean;
}

const CUES: readonly Cue[] = [
  {
    pattern:
      /(?<![\p{L}])(?:nama(?: lengkap)?(?: saya|nya|ku)?|my (?:full )?name(?: is|'s)?|name)\s*(?:adalah|ialah|itu|:|=|-|,)?\s*(?=[\p{L}])/giu,
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
      /(?<![\p{L}])(?:perkenalkan,?\s*(?:nama\s*)?(?:saya|sy|kami|aku)?|kenalkan,?\s*(?:saya|sy)?|saya|sy|sya|aku|ini|i am|i'm|this is|dengan|dgn|dg)\s*[,:]?\s*(?=[\p{L}])/giu,
    confidence: 0.85,
    isWeak: true,
  },
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
  return undefined;
}

function removeHonorifics(text: string): string {
  return text
    .split(/[\s.]+/)
    .filter((word) => !HONORIFICS.has(word.toLowerCase()))
    .join('');
}

/** After "saya" almost anything may follow; a name is capitalised, or stands before "dari" or a comma. */
function isClear(text: string, name: NameSpan): boolean {
  if (name.words > 5) return false;
  const after = text.slice(name.end, name.end + 14);
  const closes = /^\s*(?:,|\.|-|\(|\n|$|dari\b|dr\b|selaku\b|sebagai\b|from\b|of\b)/i.test(after);
  if (name.isCapitalised) return closes || name.words >= 2 || /^\s+\p{L}/u.test(after);
  return closes && name.words <= 4;
}
