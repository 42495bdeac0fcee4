import { proto } from '@whiskeysockets/baileys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scan } from '../../support/whatsapp-server/index.js';
import { NUMBER, startNumber, type Number } from './number.js';

describe('people on WhatsApp', () => {
  let number: Number;
  beforeEach(async () => {
    number = await startNumber();
    await number.up();
  });
  afterEach(() => number.close());

  const addresses = (): Set<string> => new Set(number.inbox.received.map(({ address }) => address));

  it('are one person by LID and by number', async () => {
    await number.user.text(NUMBER, 'satu', { via: 'lid' });
    await number.user.text(NUMBER, 'dua', { via: 'pn' });
    await number.received(2);
    expect(addresses().size).toBe(1);
    await number.channel.send(number.message('Baik.'));
    await number.server.changes.until(() => number.user.texts.length === 1);
  });

  it('become one person when it turns out that they are, and are answered wherever they were known', async () => {
    await number.user.text(NUMBER, 'satu', { via: 'lid', secretive: true });
    await number.received(1);
    expect(number.inbox.received[0]).not.toHaveProperty('known');
    const other = await number.ports.store.seeContact({ pn: number.user.pn });
    expect(other.address).not.toBe(number.inbox.received[0]?.address);
    await number.user.text(NUMBER, 'dua', { via: 'pn' });
    await number.user.text(NUMBER, 'tiga', { via: 'lid', secretive: true });
    await number.received(3);
    expect(addresses().size).toBe(1);
    await number.channel.send({ ...number.message('Baik.'), address: other.address });
    await number.server.changes.until(() => number.user.texts.length === 1);
  });

  it('in groups, and status updates, are not answered and not stored', async () => {
    const { server } = number;
    const group = {
      tag: 'message',
      attrs: { from: '123-456@g.us', participant: number.user.pnJid, id: 'G1', t: '1' },
    };
    const enc = { tag: 'enc', attrs: { v: '2', type: 'skmsg' }, content: Buffer.from('00', 'hex') };
    server.deliver(number.device(), { node: { ...group, content: [enc] } });
    const status = { ...group.attrs, from: 'status@broadcast', id: 'S1' };
    server.deliver(number.device(), { node: { tag: 'message', attrs: status, content: [enc] } });
    await number.user.text(NUMBER, 'Halo');
    await number.received(1);
    expect(number.inbox.received).toHaveLength(1);
    expect(await number.models.whatsappContacts.countDocuments()).toBe(1);
  });

  it('at the office who type on the phone are noticed; what the channel itself has sent is not', async () => {
    await number.user.text(NUMBER, 'Halo');
    await number.received(1);
    const [message] = number.inbox.received;
    await number.channel.send(number.message('Baik.'));
    const { phone } = number.server.accountOf(NUMBER);
    await phone.type(number.device(), number.user.pnJid, 'Saya bantu langsung.');
    await number.server.changes.until(() => number.ownerWrote.length === 1);
    expect(number.ownerWrote).toEqual([{ address: message?.address, text: 'Saya bantu langsung.' }]);
    expect(number.inbox.received).toHaveLength(1);
  });
});

it('a history that comes with the linking is not answered', async () => {
  const number = await startNumber({ paired: false });
  try {
    const { server, channel } = number;
    await channel.pairing.begin();
    const qr = await server.changes.until(() => {
      const state = channel.pairing.state();
      return state.phase === 'waiting' && state.qr;
    });
    scan(server, NUMBER, qr);
    await number.up();
    const { phone } = server.accountOf(NUMBER);
    const old = { key: { remoteJid: number.user.pnJid, fromMe: false, id: 'OLD1' }, messageTimestamp: 1 };
    const id = await phone.shareHistory(number.device(), {
      syncType: proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP,
      conversations: [
        { id: number.user.pnJid, messages: [{ message: { ...old, message: { conversation: 'lama' } } }] },
      ],
    });
    await server.changes.until(() =>
      server.sentByClient('receipt').some(({ attrs }) => attrs.id === id && attrs.type === 'hist_sync'),
    );
    await number.user.text(NUMBER, 'baru');
    await number.received(1);
    expect(number.inbox.received.map(({ content }) => content)).toEqual([{ kind: 'text', text: 'baru' }]);
  } finally {
    await number.close();
  }
});
