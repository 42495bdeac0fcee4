import { tokenise } from '../text/tokens.js';
import { REGION_NAMES } from '../regions/region-names.js';
import type { Span } from '../types.js';
import { DEGREES, GIVEN_NAMES } from './identity-words.js';

const LOOK_BACK = 60;
const OPENS = /(?:^|[,:;()\n|/.!?–-])\s*$/;
const GREETING =
  /^(?:[\s,.!]*(?:halo|hallo|hai|hi|hello|selamat|pagi|siang|sore|malam|assalamu\S*|salam|permisi|ijin|izin|min|kak|pak|bu|bapak|ibu|admin|wr|wb|yth|dear|good|morning|afternoon)(?![\p{L}]))*[\s,.!]*$/iu;

/**
 * Whether what begins at `start` is said of the writer: it opens the message or a part of it, follows a word like "saya"
 * or "dari", or follows the writer's name or position.
 */
export function isOfWriter(
  text: string,
  start: number,
  leads: ReadonlySet<string>,
  known: readonly (Span | undefined)[],
): boolean {
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  if (OPENS.test(before) || GREETING.test(before)) return true;
  if (known.some((span) => span !== undefined && span.end <= start && start - span.end <= 4)) return true;
  const words = tokenise(before);
  const last = words[words.length - 1]?.norm ?? '';
  return leads.has(last) || REGION_NAMES.has(last) || GIVEN_NAMES.has(last) || DEGREES.has(last);
}
