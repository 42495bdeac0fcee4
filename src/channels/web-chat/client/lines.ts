import type { WireLine, WireStateChange } from '../wire.js';

/** The conversation with these lines added or replaced, oldest first. */
export function upsertLines(lines: readonly WireLine[], incoming: readonly WireLine[]): WireLine[] {
  if (incoming.length === 0) return [...lines];
  const byId = new Map(lines.map((line) => [line.id, line]));
  for (const line of incoming) byId.set(line.id, line);
  return [...byId.values()].sort((a, b) => compareIds(a.id, b.id));
}

export function applyState(lines: readonly WireLine[], change: WireStateChange): WireLine[] {
  return lines.map((line) => (messageIdOf(line) === change.id ? { ...line, state: change.state } : line));
}

/** Id of the message a bubble belongs to; a long message has several bubbles. */
export function messageIdOf(line: Pick<WireLine, 'id'>): string {
  const cut = line.id.indexOf('~');
  return cut < 0 ? line.id : line.id.slice(0, cut);
}

/** The line whose choices can still be pressed: the newest with choices, while nothing was written after it. */
export function openChoicesId(lines: readonly WireLine[]): string | undefined {
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index];
    if (line?.direction !== 'out') return undefined;
    if (line.content.kind === 'text' && line.content.choices?.length) return line.id;
  }
  return undefined;
}

/** What was picked from the choices of the line at `index`, if it was. */
export function pickedChoice(lines: readonly WireLine[], index: number): string | undefined {
  const answer = lines.slice(index + 1).find((line) => line.direction === 'in');
  return answer?.content.kind === 'choice' ? answer.content.choice : undefined;
}

/** Bubbles of one author within five minutes stand together. */
export function continues(line: WireLine, previous: WireLine | undefined): boolean {
  return (
    previous?.direction === line.direction &&
    previous.author.kind === line.author.kind &&
    previous.author.name === line.author.name &&
    Date.parse(line.sentAt) - Date.parse(previous.sentAt) < 5 * 60_000
  );
}

function compareIds(a: string, b: string): number {
  const [idA = '', partA = '1'] = a.split('~');
  const [idB = '', partB = '1'] = b.split('~');
  if (idA !== idB) return idA < idB ? -1 : 1;
  return Number(partA) - Number(partB);
}
