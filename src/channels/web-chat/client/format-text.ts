export type TextToken =
  | { kind: 'plain'; text: string }
  | { kind: 'bold'; text: string }
  | { kind: 'link'; text: string; href: string };

const LINK = /https?:\/\/[^\s<>"]+/g;
/** WhatsApp's rule: the star touches the word inside and no word outside. */
const BOLD = /(^|[^\p{L}\p{N}*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}*])/gu;

/** Splits a text into what is shown as it is, in bold, and as a link. Nothing in it is ever read as HTML. */
export function formatText(text: string): TextToken[] {
  const tokens: TextToken[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const href = withoutTrailingPunctuation(match[0]);
    tokens.push(...boldTokens(text.slice(from, match.index)), { kind: 'link', text: href, href });
    from = match.index + href.length;
  }
  return [...tokens, ...boldTokens(text.slice(from))];
}

function boldTokens(text: string): TextToken[] {
  const tokens: TextToken[] = [];
  let from = 0;
  for (const match of text.matchAll(BOLD)) {
    const before = text.slice(from, match.index) + (match[1] ?? '');
    if (before !== '') tokens.push({ kind: 'plain', text: before });
    tokens.push({ kind: 'bold', text: match[2] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) tokens.push({ kind: 'plain', text: text.slice(from) });
  return tokens;
}

/** "lihat https://contoh.go.id/a." ends before the full stop; a closing bracket belongs if it was opened. */
function withoutTrailingPunctuation(link: string): string {
  let end = link.length;
  while (end > 0) {
    const last = link.charAt(end - 1);
    const head = link.slice(0, end);
    const opened = last === ')' && count(head, '(') >= count(head, ')');
    if (opened || !/[.,;:!?)\]}'*_]/.test(last)) break;
    end -= 1;
  }
  return link.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
