import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  flattenMessages,
  mergeMessages,
  mergeNewest,
  type MessagePages,
} from '../../src/console/client/api/messages-cache.js';
import type { Message } from '../../src/console/client/api/types.js';

const AT = '2026-03-02T02:00:00.000Z';

function message(order: number, state: 'queued' | 'read' = 'queued'): Message {
  return {
    id: String(order).padStart(6, '0'),
    direction: 'out',
    channel: 'web-chat',
    author: { kind: 'staff', name: 'Agus Contoh' },
    content: { kind: 'text', text: 'Baik.' },
    sentAt: AT,
    receivedAt: AT,
    delivery: { state, reason: null },
  };
}

const range = (from: number, to: number): Message[] =>
  Array.from({ length: to - from }, (_, index) => message(from + index));
const ids = (data: MessagePages | undefined): number[] => flattenMessages(data).map(({ id }) => Number(id));

describe('loaded messages and what arrives later', () => {
  const loaded: MessagePages = {
    pages: [
      { items: range(20, 30), next: '000020' },
      { items: range(10, 20), next: '000010' },
    ],
    pageParams: [null, '000020'],
  };

  test('pages read oldest first', () => {
    expect(ids(loaded)).toEqual(range(10, 30).map(({ id }) => Number(id)));
  });

  test('new lines come at the end and delivery states change in place', () => {
    const merged = mergeNewest(loaded, { items: [message(29, 'read'), message(30)], next: '000029' });
    expect(ids(merged)).toEqual(range(10, 31).map(({ id }) => Number(id)));
    expect(flattenMessages(merged).find(({ id }) => id === '000029')?.delivery?.state).toBe('read');
  });

  test('a gap between what is known and what came is not papered over', () => {
    expect(mergeNewest(loaded, { items: range(60, 80), next: '000060' })).toBeUndefined();
  });

  test('where the newest page is the whole conversation it always joins', () => {
    const empty: MessagePages = { pages: [{ items: [], next: null }], pageParams: [null] };
    expect(ids(mergeNewest(empty, { items: range(0, 2), next: null }))).toEqual([0, 1]);
  });

  test('whatever is merged in whatever order, each line is there once and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(60), { maxLength: 8 }), { maxLength: 8 }), (batches) => {
        const start: MessagePages = { pages: [{ items: [], next: null }], pageParams: [null] };
        const merged = batches.reduce(
          (data, batch) =>
            mergeMessages(
              data,
              batch.map((order) => message(order)),
            ),
          start,
        );
        const expected = [...new Set(batches.flat())].sort((a, b) => a - b);
        expect(ids(merged)).toEqual(expected);
      }),
    );
  });
});
