import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveContact } from '../../../src/services/contacts/save-contact.js';
import { createTestServices, MONDAY_MORNING as now, type TestServices } from '../../support/services.js';
import { SARI } from '../../support/tickets.js';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices();
});
afterAll(async () => {
  await test.close();
});

const conversation = (address: string, contactId: string | null = null) => ({
  ...{ _id: `conversation-${address}`, channel: 'web-chat' as const, account: 'chat', address, contactId },
});
const save = (input: ReturnType<typeof conversation>, profile = SARI) =>
  saveContact(test.services, { conversation: input, profile, now });
const contact = (id: string) => test.services.models.contacts.findById(id).lean();

describe('saving who a user is (R-A1)', () => {
  it('makes one contact per address, also when two turns meet it at once', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => save(conversation('first'))));
    expect(new Set(ids).size).toBe(1);
    expect(await contact(ids[0]!)).toMatchObject({
      profile: SARI,
      addresses: [{ channel: 'web-chat', account: 'chat', address: 'first' }],
    });
  });

  it('takes the contact that another turn has just made, when the database says so only at the write', async () => {
    const made = await save(conversation('raced'));
    const { models } = test.services;
    let refused = false;
    const late = new Proxy(models.contacts, {
      get: (target, name) => {
        if (name !== 'findOneAndUpdate' || refused) return Reflect.get(target, name) as unknown;
        refused = true;
        return () => ({ lean: () => Promise.reject(Object.assign(new Error('E11000'), { code: 11_000 })) });
      },
    });
    const services = { ...test.services, models: { ...models, contacts: late } };
    expect(await saveContact(services, { conversation: conversation('raced'), profile: SARI, now })).toBe(
      made,
    );
    expect(refused).toBe(true);
  });

  it('replaces the profile of a returning contact', async () => {
    const id = await save(conversation('second'));
    const profile = { ...SARI, position: 'Sekretaris' };
    expect(await save(conversation('second', id), profile)).toBe(id);
    expect((await contact(id))?.profile).toEqual(profile);
  });

  it('keeps people apart whose addresses are alike on different accounts', async () => {
    const one = await save(conversation('third'));
    const other = await save({ ...conversation('third'), account: 'another' });
    expect(other).not.toBe(one);
  });

  it("tells the person's other conversations, nobody else's", async () => {
    const id = await save(conversation('fourth'));
    const { conversations } = test.services.models;
    const make = (_id: string, contactId: string | null) =>
      conversations.create({
        _id,
        channel: 'telegram',
        account: 'bot',
        address: _id,
        contactId,
        createdAt: now,
      });
    await make('elsewhere', id);
    await make('stranger', null);
    const profile = { ...SARI, agency: 'Bappeda Kota Contoh' };
    await save(conversation('fourth', id), profile);
    expect((await conversations.findById('elsewhere').lean())?.profile).toEqual(profile);
    expect((await conversations.findById('stranger').lean())?.profile).toEqual({});
  });
});
