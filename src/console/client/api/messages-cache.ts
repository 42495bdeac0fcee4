import type { InfiniteData } from '@tanstack/react-query';
import type { Message, Page } from './types.js';

/** Pages as fetched: the newest page first, each page oldest message first. */
export type MessagePages = InfiniteData<Page<Message>, string | null>;

/** All messages, oldest first. */
export function flattenMessages(data: MessagePages | undefined): Message[] {
  return data ? [...data.pages].reverse().flatMap(({ items }) => items) : [];
}

/**
 * Puts the newest page, just fetched, into what is already there: new lines are added, known ones (delivery states) replaced.
 * @returns undefined when it does not join up with what is known, so that lines between would be missing
 */
export function mergeNewest(data: MessagePages, newest: Page<Message>): MessagePages | undefined {
  const known = new Set(flattenMessages(data).map(({ id }) => id));
  const joins = newest.next === null || known.size === 0 || newest.items.some(({ id }) => known.has(id));
  return joins ? mergeMessages(data, newest.items) : undefined;
}

/** Adds or replaces single messages. */
export function mergeMessages(data: MessagePages, messages: readonly Message[]): MessagePages {
  const fresh = new Map(messages.map((message) => [message.id, message]));
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => {
      const next = fresh.get(item.id);
      fresh.delete(item.id);
      return next ?? item;
    }),
  }));
  const [first, ...rest] = pages;
  if (!first) return data;
  const items = [...first.items, ...fresh.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...data, pages: [{ ...first, items }, ...rest] };
}
