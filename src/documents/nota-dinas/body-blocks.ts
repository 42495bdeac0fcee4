/** One piece of a letter's body. `depth` 0 stands at the margin, 1 within an item. */
export type BodyBlock =
  | { kind: 'paragraph'; text: string; depth: 0 | 1 }
  | { kind: 'item'; mark: string; text: string; depth: 0 | 1 }
  | { kind: 'detail'; label: string; value: string; depth: 0 | 1 };

const ITEM = /^(\d{1,2}\.|[a-z]\.) +(.+)$/u;
const DETAIL = /^(\p{L}[^:]{0,30}?) *: +(.+)$/u;

/** The body as its writer meant it; lines that only wrap are one paragraph no more than they were written as. */
export function bodyBlocks(body: string): BodyBlock[] {
  const blocks: BodyBlock[] = [];
  let within = false;
  for (const line of body.split('\n')) {
    const text = line.trim();
    if (text === '') continue;
    const indented = /^\s/u.test(line);
    const [, mark, rest] = ITEM.exec(text) ?? [];
    const [, label, value] = indented ? (DETAIL.exec(text) ?? []) : [];
    if (mark !== undefined && rest !== undefined) {
      const depth = within && /^[a-z]/u.test(mark) ? 1 : 0;
      within = true;
      blocks.push({ kind: 'item', mark, text: rest, depth });
      continue;
    }
    within &&= indented;
    const depth = within ? 1 : 0;
    if (label !== undefined && value !== undefined) blocks.push({ kind: 'detail', label, value, depth });
    else blocks.push({ kind: 'paragraph', text, depth });
  }
  return blocks;
}
