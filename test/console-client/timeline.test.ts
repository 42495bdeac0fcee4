import { describe, expect, test } from 'vitest';
import type { HistoryEntry, Message } from '../../src/console/client/api/types.js';
import { buildTimeline, type TimelineItem } from '../../src/console/client/conversation/timeline.js';

function message(id: string, at: string, change: Partial<Message> = {}): Message {
  return {
    id,
    direction: 'in',
    channel: 'web-chat',
    author: { kind: 'user', name: 'Sari Contoh' },
    content: { kind: 'text', text: id },
    sentAt: at,
    receivedAt: at,
    delivery: null,
    ...change,
  };
}

function event(id: string, at: string, name = 'taken-over'): HistoryEntry {
  return { id, at, name, who: 'Agus Contoh', facts: {} };
}

const outline = (items: readonly TimelineItem[]): string[] =>
  items.map((item) => (item.kind === 'day' ? 'day' : `${item.kind} ${item.key}`));

describe('the conversation from top to bottom', () => {
  test('what happened to the ticket stands between the messages around it', () => {
    const items = buildTimeline({
      messages: [message('a', '2026-03-02T02:00:00.000Z'), message('b', '2026-03-02T03:00:00.000Z')],
      history: [event('e1', '2026-03-02T02:30:00.000Z'), event('e2', '2026-03-02T04:00:00.000Z')],
      pending: [],
      hasOlder: false,
    });
    expect(outline(items)).toEqual(['day', 'message a', 'event e1', 'message b', 'event e2']);
  });

  test('what a message brought about follows it and comes before the answer to it', () => {
    const at = '2026-03-02T02:00:00.000Z';
    const items = buildTimeline({
      messages: [message('a', at), message('b', at, { direction: 'out', author: { kind: 'bot' } })],
      history: [event('e1', at, 'ticket-opened')],
      pending: [],
      hasOlder: false,
    });
    expect(outline(items)).toEqual(['day', 'message a', 'event e1', 'message b']);
  });

  test('facts that a message already shows are left out', () => {
    const items = buildTimeline({
      messages: [message('a', '2026-03-02T02:00:00.000Z')],
      history: [
        event('e1', '2026-03-02T02:00:00.000Z', 'user-wrote'),
        event('e2', '2026-03-02T02:10:00.000Z', 'note-added'),
      ],
      pending: [],
      hasOlder: false,
    });
    expect(outline(items)).toEqual(['day', 'message a']);
  });

  test('while older messages are not loaded, what happened before them waits too', () => {
    const input = {
      messages: [message('a', '2026-03-02T02:00:00.000Z')],
      history: [event('e1', '2026-03-01T02:00:00.000Z', 'ticket-opened')],
      pending: [],
    };
    expect(outline(buildTimeline({ ...input, hasOlder: true }))).toEqual(['day', 'message a']);
    expect(outline(buildTimeline({ ...input, hasOlder: false }))).toEqual([
      'day',
      'event e1',
      'day',
      'message a',
    ]);
  });

  test('days go by when a message was sent, also when it arrived late', () => {
    const items = buildTimeline({
      messages: [
        message('a', '2026-03-02T02:00:00.000Z'),
        message('late', '2026-03-01T02:00:00.000Z', { receivedAt: '2026-03-02T03:00:00.000Z' }),
        message('b', '2026-03-02T04:00:00.000Z'),
      ],
      history: [],
      pending: [],
      hasOlder: false,
    });
    expect(outline(items)).toEqual(['day', 'message a', 'day', 'message late', 'day', 'message b']);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
  });

  test('lines of one author within five minutes stand together; another author, a note or a pause opens a new run', () => {
    const staff = { direction: 'out', author: { kind: 'staff', name: 'Agus Contoh' } } as const;
    const items = buildTimeline({
      messages: [
        message('a', '2026-03-02T02:00:00.000Z'),
        message('b', '2026-03-02T02:04:59.000Z'),
        message('c', '2026-03-02T02:10:00.000Z'),
        message('d', '2026-03-02T02:10:10.000Z', staff),
        message('e', '2026-03-02T02:10:20.000Z', { ...staff, direction: 'note' }),
      ],
      history: [],
      pending: [],
      hasOlder: false,
    });
    const first = items.filter((item) => item.kind === 'message').map((item) => item.first);
    expect(first).toEqual([true, false, true, true, true]);
  });
});
