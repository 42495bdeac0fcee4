import type { Choice } from '../models/message.js';

/**
 * Reads an answer to a numbered list: "2", "2.", "nomor 2", "yang kedua", the words of a choice, or the start of
 * them when only one choice starts so.
 * @param numbered false where numbers may be content and only the words count.
 */
export function offeredChoice(text: string, offered: readonly Choice[], numbered = true): string | undefined {
  if (offered.length === 0 || text.length > 80) return undefined;
  const said = plain(text).replace(POLITE, '');
  if (said === '') return undefined;
  const number = NUMBER.exec(said)?.[1];
  if (number !== undefined) return numbered ? offered[Number(number) - 1]?.id : undefined;
  const ordinal = ORDINALS.findIndex((words) => words.includes(said));
  if (ordinal >= 0) return numbered ? offered[ordinal]?.id : undefined;
  const exact = offered.filter((choice) => plain(choice.title) === said);
  if (exact.length === 1) return exact[0]?.id;
  if (said.length < 3) return undefined;
  const starting = offered.filter((choice) => plain(choice.title).startsWith(said));
  return starting.length === 1 ? starting[0]?.id : undefined;
}

const NUMBER = /^(?:(?:nomor|nomer|no|pilihan|pilih|angka|opsi|number|option) )?(\d{1,2})$/;

const ORDINALS: readonly (readonly string[])[] = [
  ['pertama', 'kesatu', 'first'],
  ['kedua', 'second'],
  ['ketiga', 'third'],
  ['keempat', 'fourth'],
  ['kelima', 'fifth'],
];

/** "Yang kota saja, Bu": what stands around a choice. */
const POLITE =
  /^(?:(?:yang|yg|itu|saya pilih|the) )+|(?: (?:saja|aja|sj|dong|deh|ya|yah|pak|bu|bapak|ibu|kak|min|please|one))+$/g;

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
