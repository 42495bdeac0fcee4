import type { TicketSummary } from '../api/types.js';

interface Arrivals<Item> {
  arrived: Item[];
  seen: ReadonlySet<string>;
}

/** Tickets that were never seen waiting before. The first look (`known` null) announces nothing. */
export function findArrivals<Item extends Pick<TicketSummary, 'number'>>(
  known: ReadonlySet<string> | null,
  waiting: readonly Item[],
): Arrivals<Item> {
  const arrived = known ? waiting.filter(({ number }) => !known.has(number)) : [];
  return { arrived, seen: new Set([...(known ?? []), ...waiting.map(({ number }) => number)]) };
}
