import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { formatDay } from '../../../src/channels/web-chat/client/format-date.js';
import { formatText } from '../../../src/channels/web-chat/client/format-text.js';
import {
  applyState,
  continues,
  openChoicesId,
  pickedChoice,
  upsertLines,
} from '../../../src/channels/web-chat/client/lines.js';
import {
  createOutbox,
  OUTBOX_PREFIX,
  type Outbox,
  type OutboxStorage,
} from '../../../src/channels/web-chat/client/outbox.js';
import { createSender, type PostResult } from '../../../src/channels/web-chat/client/sender.js';
import type { WireContent, WireLine } from '../../../src/channels/web-chat/wire.js';

describe('formatDay', () => {
  it.each([
    ['2026-03-01T08:00', 'today'],
    ['2026-02-28T23:59', 'yesterday'],
    ['2026-02-27T12:00', 'Jumat, 27 Februari 2026'],
  ])('says of %s on the first of March: %s', (local, expected) => {
    const today = new Date('2026-03-01T10:00');
    expect(formatDay(new Date(local).toISOString(), today, 'id', (key) => key)).toBe(expected);
  });
});

describe('formatText', () => {
  const bold = (text: string): string[] =>
    formatText(text).flatMap((token) => (token.kind === 'bold' ? [token.text] : []));
  const links = (text: string): string[] =>
    formatText(text).flatMap((token) => (token.kind === 'link' ? [token.href] : []));

  it.each([
    ['*Nomor tiket*: 5', ['Nomor tiket']],
    ['(*dua*) dan *tiga kata ini*', ['dua', 'tiga kata ini']],
    ['2*3*4', []],
    ['* bukan *', []],
    ['**', []],
    ['*baris\nlain*', []],
  ])('shows %j in bold as WhatsApp does', (text, expected) => {
    expect(bold(text)).toEqual(expected);
  });

  it.each([
    ['Lihat https://contoh.go.id/a?b=1&c=2.', ['https://contoh.go.id/a?b=1&c=2']],
    ['(http://contoh.go.id/a_(b))', ['http://contoh.go.id/a_(b)']],
    ['*https://contoh.go.id*', ['https://contoh.go.id']],
    ['javascript:alert(1) data:text/html,x ftp://contoh.go.id', []],
    ['https://contoh.go.id"onclick=x', ['https://contoh.go.id']],
  ])('makes a link of http and https only: %j', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it('loses no character of any text, stars around bold aside', () => {
    const unit = fc.constantFrom('a', ' ', '*', '\n', 'https://x.id', '.', ')', '<b>', '👍');
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        const text = units.join('');
        const shown = formatText(text).map((token) =>
          token.kind === 'bold' ? `*${token.text}*` : token.text,
        );
        expect(shown.join('')).toBe(text);
      }),
    );
  });
});

describe('lines', () => {
  const line = (
    id: string,
    direction: 'in' | 'out',
    content?: WireContent,
    sentAt = '2026-03-02T02:00:00Z',
  ): WireLine => ({
    id,
    direction,
    author: { kind: direction === 'in' ? 'user' : 'bot' },
    content: content ?? { kind: 'text', text: id },
    sentAt,
    state: 'sent',
  });
  const menu: WireContent = { kind: 'text', text: 'Pilih', choices: [{ id: 'a', title: 'A' }] };

  it('stand in the order of their ids, each once, parts of a long message together', () => {
    const parts = Array.from({ length: 11 }, (_, index) => line(index === 0 ? 'B' : `B~${index + 1}`, 'out'));
    const all = [line('C', 'in'), ...[...parts].reverse(), line('A', 'in'), line('A', 'in')];
    expect(upsertLines([line('C', 'in')], all).map(({ id }) => id)).toEqual([
      'A',
      ...parts.map(({ id }) => id),
      'C',
    ]);
  });

  it('take over a changed state', () => {
    expect(applyState([line('A', 'in'), line('B', 'in')], { id: 'A', state: 'read' })[0]?.state).toBe('read');
  });

  it('keep choices open until something is written after them', () => {
    expect(openChoicesId([line('A', 'out', menu)])).toBe('A');
    expect(openChoicesId([line('A', 'out', menu), line('B', 'out')])).toBe('A');
    expect(openChoicesId([line('A', 'out', menu), line('B', 'in'), line('C', 'out')])).toBeUndefined();
    expect(openChoicesId([])).toBeUndefined();
  });

  it('know what was picked', () => {
    const picked = line('B', 'in', { kind: 'choice', choice: 'a', text: 'A' });
    expect(pickedChoice([line('A', 'out', menu), picked], 0)).toBe('a');
    expect(pickedChoice([line('A', 'out', menu), line('B', 'in'), picked], 0)).toBeUndefined();
  });

  it('of one author within five minutes belong together', () => {
    const first = line('A', 'out');
    expect(continues(line('B', 'out'), first)).toBe(true);
    expect(continues(line('B', 'in'), first)).toBe(false);
    expect(continues(line('B', 'out', undefined, '2026-03-02T02:05:00Z'), first)).toBe(false);
    expect(continues(first, undefined)).toBe(false);
  });
});

/** localStorage, in memory. */
class MemoryStorage extends Map<string, string> implements OutboxStorage {
  get length(): number {
    return this.size;
  }
  key(index: number): string | null {
    return [...this.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.set(key, value);
  }
  removeItem(key: string): void {
    this.delete(key);
  }
}

class FullStorage extends MemoryStorage {
  override setItem(): void {
    throw new Error('QuotaExceededError');
  }
}

describe('outbox', () => {
  it('survives a reload, oldest first, and is shared between tabs', () => {
    const storage = new MemoryStorage();
    const [one, other] = [createOutbox(storage), createOutbox(storage)];
    one.put({ id: 'b', body: { text: 'kedua' }, at: 2 });
    other.put({ id: 'a', body: { text: 'pertama' }, at: 1 });
    expect(
      createOutbox(storage)
        .list()
        .map(({ id }) => id),
    ).toEqual(['a', 'b']);
    other.remove('b');
    expect(one.list().map(({ id }) => id)).toEqual(['a']);
  });

  it('lives in memory where storage is forbidden or full', () => {
    for (const outbox of [createOutbox(undefined), createOutbox(new FullStorage())]) {
      outbox.put({ id: 'a', body: { text: 'Halo' }, at: 1 });
      expect(outbox.list()).toHaveLength(1);
      outbox.remove('a');
      expect(outbox.list()).toEqual([]);
    }
  });

  it('ignores what is not its own or broken', () => {
    const storage = new MemoryStorage();
    storage.set('other', '{}');
    storage.set(`${OUTBOX_PREFIX}x`, '{broken');
    storage.set(`${OUTBOX_PREFIX}y`, 'null');
    expect(createOutbox(storage).list()).toEqual([]);
  });
});

describe('sender', () => {
  let outbox: Outbox;
  let answers: (PostResult | Promise<PostResult>)[];
  let posted: string[];
  let notices: (string | undefined)[];
  let timers: { run: () => void; milliseconds: number }[];

  beforeEach(() => {
    outbox = createOutbox(new MemoryStorage());
    [answers, posted, notices, timers] = [[], [], [], []];
    for (const [index, id] of ['a', 'b', 'c'].entries()) outbox.put({ id, body: { text: id }, at: index });
  });

  const start = (): ReturnType<typeof createSender> =>
    createSender({
      outbox,
      post: (message) => {
        posted.push(message.id);
        return Promise.resolve(answers.shift() ?? { kind: 'accepted', messageId: `M-${message.id}` });
      },
      accepted: () => undefined,
      changed: (notice) => notices.push(notice),
      schedule: (run, milliseconds) => timers.push({ run, milliseconds }),
    });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('sends in order, each message once, and empties the outbox', async () => {
    const sender = start();
    sender.kick();
    sender.kick();
    await settle();
    expect(posted).toEqual(['a', 'b', 'c']);
    expect(outbox.list()).toEqual([]);
  });

  it('lets no message overtake one that has to wait, and keeps its id', async () => {
    answers = [{ kind: 'later' }, { kind: 'later', afterMs: 40_000, message: 'Terlalu banyak' }];
    start().kick();
    await settle();
    expect(posted).toEqual(['a']);
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([1_000]);
    timers[0]?.run();
    await settle();
    expect(notices.at(-1)).toBe('Terlalu banyak');
    expect(timers[1]?.milliseconds).toBe(40_000);
    timers[1]?.run();
    await settle();
    expect(posted).toEqual(['a', 'a', 'a', 'b', 'c']);
    expect(notices.at(-1)).toBeUndefined();
  });

  it('waits longer and longer, at most half a minute', async () => {
    answers = Array.from({ length: 8 }, () => ({ kind: 'later' as const }));
    start().kick();
    for (let index = 0; index < 7; index += 1) {
      await settle();
      timers[index]?.run();
    }
    await settle();
    expect(timers.map(({ milliseconds }) => milliseconds / 1000)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });

  it('goes at once when the connection is back, without a second run from the old timer', async () => {
    answers = [{ kind: 'later' }];
    const sender = start();
    sender.kick();
    await settle();
    sender.kick();
    timers[0]?.run();
    await settle();
    expect(posted).toEqual(['a', 'a', 'b', 'c']);
  });

  it('keeps a refused text with its reason and goes on with the next', async () => {
    answers = [{ kind: 'refused', message: 'Terlalu panjang' }];
    start().kick();
    await settle();
    expect(posted).toEqual(['a', 'b', 'c']);
    expect(outbox.list()).toEqual([{ id: 'a', body: { text: 'a' }, at: 0, refused: 'Terlalu panjang' }]);
  });
});
