import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findUserTicket } from '../../../src/services/tickets/find-user-ticket.js';
import { findUserTickets } from '../../../src/services/tickets/find-user-tickets.js';
import { createTestServices, type TestServices } from '../../support/services.js';
import { openSample } from '../../support/tickets.js';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices();
});
afterAll(async () => {
  await test.close();
});

const conversation = (_id: string, contactId: string | null) => ({
  _id,
  channel: 'web-chat' as const,
  contactId,
});

describe("a user's own tickets", () => {
  it('are those of the conversation and of the same person elsewhere, newest first', async () => {
    const chat = await openSample(test.services, { conversation: conversation('chat', 'sari') });
    const phone = await openSample(test.services, { conversation: conversation('phone', 'sari') });
    await openSample(test.services, { conversation: conversation('other', 'budi') });
    const own = await findUserTickets(test.services, { conversationId: 'chat', contactId: 'sari' }, 5);
    expect(own.map(({ number }) => number)).toEqual([phone.number, chat.number]);
    expect(
      await findUserTickets(test.services, { conversationId: 'chat', contactId: 'sari' }, 1),
    ).toHaveLength(1);
  });

  it("of somebody not yet known are the conversation's alone, not those of everybody unknown", async () => {
    const mine = await openSample(test.services, { conversation: conversation('anonymous-1', null) });
    await openSample(test.services, { conversation: conversation('anonymous-2', null) });
    const own = await findUserTickets(test.services, { conversationId: 'anonymous-1', contactId: null }, 5);
    expect(own.map(({ number }) => number)).toEqual([mine.number]);
  });
});

describe('asking for a ticket by its number', () => {
  it("finds one's own, however the number is typed, and nothing of another user's", async () => {
    const { number } = await openSample(test.services, { conversation: conversation('owner', 'owner') });
    const find = (what: string, conversationId: string, contactId: string | null) =>
      findUserTicket(test.services, { number: what, conversationId, contactId });
    expect((await find(` ${number.toLowerCase()} `, 'owner', null))?.number).toBe(number);
    expect((await find(number, 'another-chat', 'owner'))?.number).toBe(number);
    expect(await find(number, 'stranger', null)).toBeUndefined();
    expect(await find(number, 'stranger', 'stranger')).toBeUndefined();
    expect(await find('DJPK-2026-999999', 'owner', 'owner')).toBeUndefined();
  });
});
