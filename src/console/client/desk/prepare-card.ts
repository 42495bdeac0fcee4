/** What somebody wrote into a card and has not sent, by the name of the input. */
export type CardDraft = Readonly<Record<string, Written>>;

interface Written {
  text: string;
  /** What the card itself had put there; a draft of other words than these does not belong into it. */
  base: string;
}

type Json = Readonly<Record<string, unknown>>;

interface PreparedCard {
  json: Json;
  /** What the card itself puts into each input. */
  bases: Readonly<Record<string, string>>;
  /** Written for something that the card does not ask any more. */
  left: readonly { id: string; text: string }[];
}

/** Puts what had been written back into a card, names its forms after their steps, and leaves out links to where one is. */
export function prepareCard(card: Json, draft: CardDraft): PreparedCard {
  const bases: Record<string, string> = {};
  const placed = new Set<string>();

  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.filter((item) => typeOf(item) !== 'Action.OpenUrl').map(walk);
    if (!isJson(node)) return node;
    if (typeOf(node).startsWith('Input.') && typeof node.id === 'string') return input(node, node.id);
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
    return typeOf(node) === 'Action.ShowCard' ? { ...copy, id: stepOf(node.card) } : copy;
  };
  const input = (node: Json, id: string): Json => {
    const base = typeof node.value === 'string' ? node.value : '';
    bases[id] = base;
    const written = draft[id];
    if (written?.base !== base) return node;
    placed.add(id);
    return { ...node, value: written.text };
  };

  const json = walk(card) as Json;
  const left = Object.entries(draft).filter(
    ([id, { text }]) => !placed.has(id) && !id.endsWith(PICKED) && text.trim() !== '',
  );
  return { json, bases, left: left.map(([id, { text }]) => ({ id, text })) };
}

/** A unit that was picked, not written: nothing to read again. */
const PICKED = '.toUnitCode';

/** The step of the first action in a form. */
function stepOf(node: unknown): string {
  if (!isJson(node) || !Array.isArray(node.actions)) return '';
  const [first] = node.actions as unknown[];
  return isJson(first) && isJson(first.data) ? String(first.data.step) : '';
}

function typeOf(node: unknown): string {
  return isJson(node) && typeof node.type === 'string' ? node.type : '';
}

function isJson(node: unknown): node is Json {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
