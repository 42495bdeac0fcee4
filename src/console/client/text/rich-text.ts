export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'strong'; text: string }
  | { kind: 'link'; text: string; href: string };

const LINK = /\bhttps?:\/\/[^\s<>"']+/giu;
/** As chat programs write bold: *words*, standing free. */
const STRONG = /(?<![\p{L}\p{N}*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}*])/gu;

/**
 * Splits a message into plain, bold and linked parts. Only http and https become links; closing punctuation stays text.
 * Nothing in it is ever read as HTML.
 */
export function splitRichText(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(/[.,;:!?)\]}*]+$/u, '');
    if (!URL.canParse(address)) continue;
    parts.push(...splitStrong(text.slice(end, match.index)));
    parts.push({ kind: 'link', text: address, href: address });
    end = match.index + address.length;
  }
  return [...parts, ...splitStrong(text.slice(end))];
}

function splitStrong(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(STRONG)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'strong', text: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
