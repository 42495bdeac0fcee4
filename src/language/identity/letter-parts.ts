import type { Found } from '../types.js';
import { readNameAt } from './name-words.js';
import { writeName } from './normalise-person-name.js';

const ADDRESSEE =
  /(?:^|\n)[ \t]*(?:kepada[ \t]*)?(?:\n[ \t]*)?yth\b[^\n]{0,160}(?:\n[^\n]{0,160}){0,4}?\n?[ \t]*di[ \t]*[-–.:]*[ \t]*\n?[ \t]*(?:jakarta(?: pusat)?|tempat)\b/gi;

/** A pasted letter with the one it goes to blanked out ("Yth. Direktur Jenderal ... di Jakarta"); the length stays. */
export function withoutAddressee(text: string): string {
  if (!/yth/i.test(text) || !text.includes('\n')) return text;
  return text.replace(ADDRESSEE, (found) => found.replace(/[^\n]/g, ' '));
}

const ABOVE_NIP = /(?:^|\n)[ \t]*(?=([^\n]{3,90})\n[ \t]*(?:nip|nrp|pangkat)\b)/gi;

/** The name that signs a letter: the line above the NIP. */
export function signatory(text: string): Found<string> | undefined {
  if (!/\n[ \t]*(?:nip|nrp|pangkat)/i.test(text)) return undefined;
  for (const match of text.matchAll(ABOVE_NIP)) {
    const start = match.index + match[0].length;
    const name = readNameAt(text, start);
    const line = start + (match[1]?.length ?? 0);
    if (name?.start !== start || text.slice(name.end, line).trim() !== '') continue;
    return {
      value: writeName(text.slice(start, name.end)),
      span: { start, end: name.end },
      confidence: 0.85,
    };
  }
  return undefined;
}
