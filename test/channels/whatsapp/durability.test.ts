import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WhatsAppPorts } from '../../../src/channels/whatsapp/index.js';
import { ChannelError } from '../../../src/conversation/channel.js';
import { NUMBER, startNumber, type Number } from './number.js';

let number: Number;
afterEach(() => number.close());

async function begin(ports?: (ports: WhatsAppPorts) => Partial<WhatsAppPorts>): Promise<void> {
  number = await startNumber(ports ? { ports } : {});
  await number.up();
}

const texts = (): string[] =>
  number.inbox.received.map(({ content }) => ('text' in content ? content.text : content.kind));

/** Somebody has written, so that the office may write. */
async function greeted(): Promise<void> {
  await number.user.text(NUMBER, 'Halo');
  await number.received(1);
}

describe('a message from a user', () => {
  it('is not lost when the line breaks between decryption and the receipt', async () => {
    await begin();
    number.server.faults.dropBeforeReceipt = 1;
    await number.user.text(NUMBER, 'Penting');
    await number.received(1);
    await number.up();
    await number.user.text(NUMBER, 'Berikutnya');
    await number.received(2);
    expect(texts()).toEqual(['Penting', 'Berikutnya']);
    await number.acknowledged();
  });

  it('is not lost when the line breaks before the library hands over what came while it was away', async () => {
    await begin();
    const device = number.device();
    number.server.drop(device);
    number.server.faults.holdOfflineMarker = true;
    await number.user.text(NUMBER, 'satu');
    await number.user.text(NUMBER, 'dua');
    await number.server.changes.until(() => number.user.receipts.length === 2);
    number.server.faults.holdOfflineMarker = false;
    number.server.drop(device);
    await number.received(2);
    expect(texts()).toEqual(['satu', 'dua']);
  });

  it('and two more, sent while nobody was there, arrive in order and once', async () => {
    await begin();
    await number.channel.stop();
    for (const text of ['satu', 'dua', 'tiga']) await number.user.text(NUMBER, text);
    await number.restart();
    await number.received(3);
    await number.restart();
    await number.up();
    expect(texts()).toEqual(['satu', 'dua', 'tiga']);
  });

  it('waits in the journal while the inbox is away, and later ones wait behind it', async () => {
    await begin();
    number.inbox.failing = true;
    await number.user.text(NUMBER, 'satu');
    await number.server.changes.until(() => number.channel.health().state === 'down');
    await number.user.text(NUMBER, 'dua');
    await number.server.changes.until(() => number.user.receipts.length === 2);
    expect(texts()).toEqual([]);
    number.inbox.failing = false;
    number.time.advance(60_000);
    await number.received(2);
    expect(texts()).toEqual(['satu', 'dua']);
    await number.server.changes.until(() => number.channel.health().state === 'up');
  });

  it('is taken in once when its keys could not be stored', async () => {
    let failures = 0;
    await begin(({ store }) => ({
      store: {
        ...store,
        writeKeys: (lease, writes) => {
          if (failures === 0) return store.writeKeys(lease, writes);
          failures -= 1;
          return Promise.reject(new Error('the database is away'));
        },
      },
    }));
    await number.user.text(NUMBER, 'satu');
    await number.received(1);
    failures = 1;
    await number.user.text(NUMBER, 'dua');
    await number.server.changes.until(() => failures === 0);
    await number.up();
    await number.user.text(NUMBER, 'tiga');
    await number.received(3);
    await number.acknowledged();
    expect(texts()).toEqual(['satu', 'dua', 'tiga']);
  });

  it('is taken in once when it comes a second time from a restored older state', async () => {
    await begin();
    const id = await number.user.text(NUMBER, 'satu');
    await number.received(1);
    await number.user.text(NUMBER, 'satu', { id, fresh: true });
    await number.user.text(NUMBER, 'dua');
    await number.received(2);
    expect(texts()).toEqual(['satu', 'dua']);
  });

  it('that cannot be decrypted at first is taken in when it comes again under the same id', async () => {
    await begin();
    await number.user.text(NUMBER, 'rusak', { corrupt: true });
    await number.received(1);
    expect(texts()).toEqual(['rusak']);
  });
});

describe('an answer', () => {
  it('that was not confirmed before the line broke is sent again under the same id', async () => {
    await begin();
    await greeted();
    number.server.faults.dropBeforeAck = 1;
    const message = number.message('Baik.');
    await expect(number.channel.send(message)).rejects.toMatchObject({
      reason: 'not-confirmed',
      attempted: true,
    });
    await number.up();
    expect(await number.channel.send(message)).toBe('sent');
    expect(await number.channel.send(message)).toBe('sent');
    await number.server.changes.until(() => number.user.texts.length > 0);
    const sent = number.server.sentByClient('message').map(({ attrs }) => attrs.id);
    expect(sent).toHaveLength(2);
    expect(new Set(sent).size).toBe(1);
    expect(number.user.texts).toEqual(['Baik.']);
  });

  it('counts as sent only when the platform has confirmed it', async () => {
    await begin();
    await greeted();
    let confirm = (): void => undefined;
    number.server.faults.ackGate = new Promise((resolve) => (confirm = resolve));
    let state = 'waiting';
    const sending = number.channel.send(number.message('Baik.')).then((sent) => (state = sent));
    await number.server.changes.until(() => number.server.sentByClient('message').length === 1);
    expect(state).toBe('waiting');
    expect(number.channel.status().queueAge).toBe(0);
    number.clock.advance(4_000);
    expect(number.channel.status().queueAge).toBe(4);
    confirm();
    expect(await sending).toBe('sent');
    expect(number.channel.status()).toEqual({
      ...{ state: 'up', queueAge: 0 },
      lastInboundAt: new Date('2026-03-02T01:00:00Z'),
      lastConfirmedOutboundAt: number.clock.now(),
    });
  });

  it('is not an attempt while there is no connection', async () => {
    await begin();
    await greeted();
    number.server.faults.refuse = true;
    number.server.drop(number.device());
    await number.server.changes.until(() => number.channel.health().state === 'down');
    await expect(number.channel.send(number.message('Baik.'))).rejects.toMatchObject({
      ...{ reason: 'not-connected', permanent: false, attempted: false },
    });
  });

  it('is not an attempt while it waits for another one, whatever becomes of that', async () => {
    await begin();
    await greeted();
    number.server.faults.silent = true;
    const sending = ['satu', 'dua'].map((text) => number.channel.send(number.message(text)));
    const outcomes = Promise.allSettled(sending);
    const typing = (): number => number.server.sentByClient('chatstate').length;
    await number.server.changes.until(() => number.server.sentByClient('iq').at(-1)?.attrs.xmlns === 'usync');
    await number.server.changes.until(() => typing() === 2);
    number.server.drop(number.device());
    expect(await outcomes).toMatchObject([
      { reason: { reason: 'not-confirmed', attempted: true } },
      { reason: { reason: 'not-connected', attempted: false } },
    ]);
    number.server.faults.silent = false;
  });

  it('that is asked for again while it is under way leaves once', async () => {
    await begin();
    await greeted();
    let confirm = (): void => undefined;
    number.server.faults.ackGate = new Promise((resolve) => (confirm = resolve));
    const message = number.message('Baik.');
    const first = expect(number.channel.send(message)).rejects.toMatchObject({ reason: 'not-confirmed' });
    await number.server.changes.until(() => number.server.sentByClient('message').length === 1);
    number.time.advance(15_000);
    await first;
    const second = number.channel.send(message);
    // It waits for the platform's answer like the first one.
    await vi.waitFor(() => {
      expect(number.time.waits).toContain(15_000);
    });
    confirm();
    expect(await second).toBe('sent');
    expect(number.server.sentByClient('message')).toHaveLength(1);
  });

  it('goes to the person who wrote, and to nobody who did not', async () => {
    await begin();
    await expect(number.channel.send({ ...number.message('Promosi!'), address: 'siapa' })).rejects.toEqual(
      new ChannelError('recipient-unknown', true),
    );
  });

  it.each([
    ['463', { reason: 'recipient-refused', permanent: true }],
    ['429', { reason: 'too-fast', permanent: false, retryAfter: 60_000 }],
    ['479', { reason: 'refused-479', permanent: false }],
  ])('that the platform refuses with %s fails as such', async (code, expected) => {
    await begin();
    await greeted();
    number.server.faults.nack = () => code;
    const message = number.message('Baik.');
    await expect(number.channel.send(message)).rejects.toMatchObject(expected);
    number.server.faults.nack = undefined;
    if (!expected.permanent) return;
    await expect(number.channel.send(message)).rejects.toMatchObject(expected);
    expect(number.server.sentByClient('message')).toHaveLength(1);
  });

  it('given at once to a message uses the same keys as one given later', async () => {
    let answered: Promise<unknown> = Promise.resolve();
    number = await startNumber({
      receive: async (message) => {
        const taken = await number.inbox.receive(message);
        answered = number.channel.send(number.message('Segera.'));
        await answered;
        return taken;
      },
    });
    await number.up();
    await greeted();
    await answered;
    await number.channel.send(number.message('Nanti.'));
    await number.user.text(NUMBER, 'Terima kasih');
    await number.received(2);
    await number.server.changes.until(() => number.user.texts.length === 3);
    expect(number.user.texts).toEqual(['Segera.', 'Nanti.', 'Segera.']);
    expect(number.user.copies).toHaveLength(3);
    expect(number.server.sentByClient('receipt').filter(({ attrs }) => attrs.type === 'retry')).toEqual([]);
  });

  it('that a phone cannot read is sent again from what is stored, also after a restart', async () => {
    await begin();
    await greeted();
    await number.channel.send(number.message('Baik.'));
    await number.server.changes.until(() => number.user.received.length === 1);
    const { id } = number.user.received[0]!;
    await number.restart();
    await number.up();
    number.server.retryReceipt(number.device(), number.user, id, 1);
    await number.server.changes.until(() => number.user.received.length === 2, 'the second copy');
    expect(number.user.received.map((one) => [one.id, one.text])).toEqual([
      [id, 'Baik.'],
      [id, 'Baik.'],
    ]);
  });

  it('is told of when it has been delivered and read', async () => {
    await begin();
    await greeted();
    number.user.autoRead = true;
    const message = number.message('Baik.');
    await number.channel.send(message);
    await number.server.changes.until(() => number.receipts.length === 2);
    expect(number.receipts).toEqual([
      { messageId: message.id, state: 'delivered' },
      { messageId: message.id, state: 'read' },
    ]);
  });

  it('leaves with a pause behind the one before, also to other people', async () => {
    await begin();
    await greeted();
    const start = number.clock.now().getTime();
    for (const text of ['satu', 'dua', 'tiga']) await number.channel.send(number.message(text));
    const passed = number.clock.now().getTime() - start;
    expect(passed).toBeGreaterThanOrEqual(2_000);
    expect(passed).toBeLessThanOrEqual(6_000);
  });
});
