import { afterEach, describe, expect, it } from 'vitest';
import { node } from '../../support/whatsapp-server/stanza.js';
import { NUMBER, startNumber, type Number } from './number.js';

let number: Number;
afterEach(() => number.close());

async function begin(showOnline: boolean): Promise<void> {
  number = await startNumber({ ports: () => ({ showOnline }) });
  await number.up();
}

const receiptsOf = (id: string): (string | undefined)[] =>
  number.user.receipts.filter((receipt) => receipt.id === id).map(({ type }) => type);

describe('blue ticks', () => {
  it('turn blue at the user when the office has the message, not before', async () => {
    await begin(true);
    number.inbox.failing = true;
    const id = await number.user.text(NUMBER, 'Halo');
    await number.server.changes.until(() => receiptsOf(id).length === 1, 'the first receipt');
    await number.server.changes.until(() => number.channel.health().state === 'down');
    expect(receiptsOf(id)).toEqual([undefined]);
    number.inbox.failing = false;
    number.time.advance(60_000);
    await number.server.changes.until(() => receiptsOf(id).length === 2, 'the second receipt');
    expect(receiptsOf(id)).toEqual([undefined, 'read']);
  });

  it('stay away while the number does not show itself online', async () => {
    await begin(false);
    const id = await number.user.text(NUMBER, 'Halo');
    await number.received(1);
    await number.channel.send(number.message('Baik.'));
    expect(receiptsOf(id)).toEqual(['inactive']);
  });

  it('of the user are told of when they open the chat later', async () => {
    await begin(false);
    await number.user.text(NUMBER, 'Halo');
    await number.received(1);
    const message = number.message('Baik.');
    await number.channel.send(message);
    await number.server.changes.until(() => number.receipts.length === 1);
    number.user.read(NUMBER, number.user.received[0]!.id);
    await number.server.changes.until(() => number.receipts.length === 2);
    expect(number.receipts).toEqual([
      { messageId: message.id, state: 'delivered' },
      { messageId: message.id, state: 'read' },
    ]);
  });
});

describe('a device that the user has linked', () => {
  const addressees = (): (string | undefined)[] => {
    const [participants] = number.server.sentByClient('message').at(-1)!.content as { content: unknown }[];
    return (participants?.content as { attrs: { jid: string } }[])
      .map(({ attrs }) => attrs.jid)
      .filter((jid) => jid.startsWith(number.user.pn));
  };
  const greetedAndAnswered = async (): Promise<void> => {
    await begin(false);
    await number.user.text(NUMBER, 'Halo');
    await number.received(1);
    await number.channel.send(number.message('Baik.'));
    expect(addressees()).toEqual([number.user.pnJid]);
    number.user.devices = [0, 3];
  };
  const both = (): string[] => [number.user.pnJid, `${number.user.pn}:3@s.whatsapp.net`];

  it('gets answers after the platform has refused one for it (479)', async () => {
    await greetedAndAnswered();
    number.server.faults.nack = () => '479';
    const message = number.message('Lagi.');
    await expect(number.channel.send(message)).rejects.toMatchObject({ reason: 'refused-479' });
    number.server.faults.nack = undefined;
    await number.channel.send(message);
    expect(addressees()).toEqual(both());
  });

  it('gets answers after the platform has told of it', async () => {
    await greetedAndAnswered();
    const attrs = { from: number.user.pnJid, id: 'N1', type: 'devices', t: '1' };
    const update = node('update', {}, [node('device', { jid: `${number.user.pn}:3@s.whatsapp.net` })]);
    number.server.deliver(number.device(), { node: node('notification', attrs, [update]) });
    await number.acknowledged();
    await number.channel.send(number.message('Lagi.'));
    expect(addressees()).toEqual(both());
  });
});
