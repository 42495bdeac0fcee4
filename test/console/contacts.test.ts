import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../src/services/contacts/get-person.js';
import { SARI } from '../support/tickets.js';
import { startConsoleServer, type Asker, type ConsoleServer } from './console-server.js';

let server: ConsoleServer;
let sari: Asker;
let budi: Asker;
beforeAll(async () => {
  server = await startConsoleServer();
  sari = await server.signedInAs('sari', 'agent');
  budi = await server.signedInAs('budi', 'agent');
});
afterAll(() => server.close());

/** A person with one ticket on a channel of their own. */
async function person(channel: 'web-chat' | 'email'): Promise<{ number: string; contactId: string }> {
  const { number } = await server.openTicket();
  const { models, newId } = server.services;
  const now = server.clock.now();
  const contactId = newId();
  const { conversationId } = (await models.tickets.findOne({ number }).lean())!;
  const address = { channel, account: 'office', address: contactId };
  const stamps = { createdAt: now, updatedAt: now };
  await models.contacts.create({ _id: contactId, profile: SARI, addresses: [address], ...stamps });
  await models.conversations.updateOne(
    { _id: conversationId },
    { $set: { ...address, contactId, profile: SARI }, $setOnInsert: { createdAt: now } },
    { upsert: true },
  );
  await models.tickets.updateOne({ number }, { $set: { contactId, channel } });
  return { number, contactId };
}

const personOf = async (number: string): Promise<Person> =>
  (await sari.ask('GET', `/tickets/${number}/person`)).json<Person>();

describe('one person, many addresses', () => {
  it('shows who may be the same, makes them one history, and takes them apart again', async () => {
    const chat = await person('web-chat');
    const mail = await person('email');
    const before = await personOf(chat.number);
    expect(before.addresses).toMatchObject([{ channel: 'web-chat' }]);
    expect(before.similar).toContainEqual(
      expect.objectContaining({ id: mail.contactId, channels: ['email'], same: ['email'] }),
    );

    const joined = await sari.ask('POST', `/tickets/${chat.number}/person/join`, {
      contactId: mail.contactId,
    });
    expect(joined.json<Person>()).toMatchObject({
      addresses: [{ channel: 'web-chat' }, { channel: 'email' }],
      tickets: [{ number: mail.number }],
      merges: [{ reason: 'staff', by: 'sari Contoh' }],
    });
    const ticket = await sari.ask('GET', `/tickets/${chat.number}`);
    expect(ticket.json<{ conversationIds: string[] }>().conversationIds).toHaveLength(2);

    const { merges } = await personOf(chat.number);
    const undone = await sari.ask('POST', `/contact-merges/${merges[0]!.id}/undo`, {});
    expect(undone.statusCode).toBe(204);
    expect((await personOf(chat.number)).addresses).toMatchObject([{ channel: 'web-chat' }]);
    expect((await personOf(mail.number)).addresses).toMatchObject([{ channel: 'email' }]);
  });

  it('shows what was said on every channel in the order in which it was said', async () => {
    const [chat, mail] = [await person('web-chat'), await person('email')];
    await sari.ask('POST', `/tickets/${chat.number}/person/join`, { contactId: mail.contactId });
    for (const [number, text] of [
      [chat.number, 'satu'],
      [mail.number, 'dua'],
      [chat.number, 'tiga'],
    ]) {
      await sari.ask('POST', `/tickets/${number!}/notes`, { clientId: text, text });
    }
    const read = async (path: string) =>
      (await sari.ask('GET', `/tickets/${chat.number}/messages?${path}`)).json<{
        items: { id: string; channel: string; content: { text: string } }[];
        next: string | null;
      }>();
    const newest = await read('limit=2');
    expect(newest.items.map(({ channel, content }) => [channel, content.text])).toEqual([
      ['email', 'dua'],
      ['web-chat', 'tiga'],
    ]);
    const older = await read(`limit=2&before=${newest.next ?? ''}`);
    expect(older.items.map(({ content }) => content.text)).toEqual(['satu']);
  });

  it('lets the agent go on where the person writes now, and gives the bot the old place back', async () => {
    const [chat, mail] = [await person('web-chat'), await person('email')];
    await sari.ask('POST', `/tickets/${chat.number}/person/join`, { contactId: mail.contactId });
    await sari.ask('POST', `/tickets/${chat.number}/take-over`, {});
    const { addresses } = await personOf(chat.number);
    const [from = '', to = ''] = addresses.map(({ conversationId }) => conversationId);

    const stranger = await budi.ask('POST', `/tickets/${chat.number}/move`, { conversationId: to });
    expect(stranger.statusCode).toBe(409);
    const moved = await sari.ask('POST', `/tickets/${chat.number}/move`, { conversationId: to });
    expect(moved.json()).toMatchObject({ conversationId: to, channel: 'email', holder: 'staff' });
    const holders = await server.services.models.conversations.find({ _id: { $in: [from, to] } }).lean();
    const holderOf = (id: string) => holders.find(({ _id }) => _id === id)?.holder;
    expect([holderOf(from), holderOf(to)]).toEqual(['bot', 'staff']);
    const again = await sari.ask('POST', `/tickets/${chat.number}/move`, { conversationId: to });
    expect(again.statusCode).toBe(409);
  });

  it("does not let a ticket go to somebody else's conversation", async () => {
    const [own, other] = [await person('web-chat'), await person('email')];
    const { addresses } = await personOf(other.number);
    const conversationId = addresses[0]!.conversationId;
    const refused = await sari.ask('POST', `/tickets/${own.number}/move`, { conversationId });
    expect(refused.statusCode).toBe(404);
  });
});
