export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

/** Finds web addresses in what people write. Only http and https become links; closing punctuation stays text. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"']+/giu)) {
    const address = match[0].replace(/[.,;:!?)\]}]+$/u, '');
    if (!URL.canParse(address)) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'link', text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
