import type { Found } from './types.js';

const TICKET = /(?<![\p{L}\p{N}])djpk[\s-]{0,3}(20\d{2})[\s/-]{0,3}(\d{1,6})(?![\p{L}\p{N}])/iu;

/** A ticket number as the service writes it, however it was typed ("djpk 2026 123"). */
export function findTicket(text: string): Found<string> | undefined {
  const match = TICKET.exec(text);
  if (match === null) return undefined;
  const value = `DJPK-${match[1] ?? ''}-${(match[2] ?? '').padStart(6, '0')}`;
  return { value, span: { start: match.index, end: match.index + match[0].length }, confidence: 0.98 };
}
