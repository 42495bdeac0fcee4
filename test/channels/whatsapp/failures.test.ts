import { afterEach, expect, it, vi } from 'vitest';
import type { WhatsAppPorts } from '../../../src/channels/whatsapp/index.js';
import { NUMBER, startNumber, type Number } from './number.js';

let number: Number;
afterEach(() => number.close());

type Store = WhatsAppPorts['store'];

/** A number that has had a message, started again so that its keys have to be read. */
async function begin(adapt: (store: Store) => Partial<Store> = () => ({})): Promise<void> {
  number = await startNumber({ ports: ({ store }) => ({ store: { ...store, ...adapt(store) } }) });
  await number.up();
  await number.user.text(NUMBER, 'satu');
  await number.received(1);
  await number.acknowledged();
  await number.restart();
  await number.up();
}

const texts = (): string[] =>
  number.inbox.received.map(({ content }) => ('text' in content ? content.text : content.kind));

const askedAgain = (): number =>
  number.server.sentByClient('receipt').filter(({ attrs }) => attrs.type === 'retry').length;

const readsSession: (names: Parameters<Store['readKeys']>[1]) => boolean = (names) =>
  names.some(({ type }) => type === 'session');

it('keys that cannot be read end the connection; a message is not refused for it', async () => {
  let failing = false;
  await begin((store) => ({
    readKeys: (lease, names) => {
      if (!failing || !readsSession(names)) return store.readKeys(lease, names);
      failing = false;
      return Promise.reject(new Error('the database is away'));
    },
  }));
  // Once the phone has read an answer it does not send what a session could be made from anew.
  await number.channel.send(number.message('Baik.'));
  await number.server.changes.until(() => number.user.texts.length === 1);
  await number.acknowledged();
  await number.restart();
  await number.up();
  failing = true;
  await number.user.text(NUMBER, 'dua');
  await number.received(2);
  expect(texts()).toEqual(['satu', 'dua']);
  expect(failing).toBe(false);
  expect(askedAgain()).toBe(0);
});

it('a transaction that does not end ends the connection, and writes nothing when it ends after all', async () => {
  let hold = false;
  let release: (() => void) | undefined;
  let written = 0;
  let journalled = 0;
  await begin((store) => ({
    writeKeys: (lease, writes) => {
      written += 1;
      return store.writeKeys(lease, writes);
    },
    journal: async (entry, now) => {
      if (hold) {
        hold = false;
        await new Promise<void>((resolve) => (release = resolve));
      }
      const fresh = await store.journal(entry, now);
      journalled += 1;
      return fresh;
    },
  }));
  hold = true;
  await number.user.text(NUMBER, 'dua');
  await vi.waitFor(() => {
    expect(release).toBeDefined();
  });
  number.time.advance(44_000);
  expect(number.channel.health().state).toBe('up');
  number.time.advance(1_000);
  await number.server.changes.until(() => !number.device().connection, 'the end of the connection');
  number.time.advance(6_000);
  await number.received(2);
  await number.user.text(NUMBER, 'tiga');
  await number.received(3);
  const before = { written, journalled };
  release?.();
  await vi.waitFor(() => {
    expect(journalled).toBe(before.journalled + 1);
  });
  await number.ports.store.pendingAddresses();
  expect(written).toBe(before.written);
  expect(texts()).toEqual(['satu', 'dua', 'tiga']);
});

it('what somebody has padded wrongly ends no connection', async () => {
  await begin();
  const { logins } = number.server;
  await number.user.text(NUMBER, 'dua', { unpadded: true });
  await number.user.text(NUMBER, 'tiga');
  await number.server.changes.until(() => texts().includes('tiga'), 'the next message');
  expect(number.server.logins).toBe(logins);
});

it('a message of an older session leaves the keys of the newer one alone', async () => {
  await begin();
  await number.channel.send(number.message('Baik.'));
  await number.server.changes.until(() => number.user.texts.length === 1);
  await number.user.text(NUMBER, 'dua');
  await number.received(2);
  await number.acknowledged();
  // The device opens a new session, of which the phone never hears.
  await number.restart();
  await number.up();
  number.server.faults.dropBeforeAck = 1;
  const message = number.message('Satu lagi.');
  await expect(number.channel.send(message)).rejects.toMatchObject({ reason: 'not-confirmed' });
  await number.up();
  await number.user.text(NUMBER, 'tiga');
  await number.received(3);
  await number.channel.send(message);
  await number.user.text(NUMBER, 'empat');
  await number.received(4);
  await number.server.changes.until(() => number.user.texts.length === 2);
  expect(number.user.copies).toHaveLength(2);
  expect(askedAgain()).toBe(0);
});

it('stopping waits for no answer of the platform', async () => {
  await begin();
  number.server.faults.silent = true;
  const sending = expect(number.channel.send(number.message('Baik.'))).rejects.toMatchObject({
    reason: 'not-confirmed',
  });
  await number.server.changes.until(() => number.server.sentByClient('iq').at(-1)?.attrs.xmlns === 'usync');
  await number.channel.stop();
  await sending;
});

it('nothing is waited for after the end, also when the number cannot be given back', async () => {
  let away = false;
  await begin((store) => ({
    release: (lease) => (away ? Promise.reject(new Error('the database is away')) : store.release(lease)),
  }));
  away = true;
  number.inbox.failing = true;
  await number.user.text(NUMBER, 'dua');
  await number.server.changes.until(() => number.channel.health().state === 'down');
  number.time.impatience = 0;
  await expect(number.channel.stop()).rejects.toThrow('the database is away');
  expect(number.time.waits).toEqual([]);
});
