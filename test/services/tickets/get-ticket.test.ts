import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/services/service-context.js';
import { claimTicket } from '../../../src/services/tickets/claim-ticket.js';
import { closeTicket } from '../../../src/services/tickets/close-ticket.js';
import { getTicket } from '../../../src/services/tickets/get-ticket.js';
import { ticketHistory } from '../../../src/services/tickets/ticket-history.js';
import { updateTicket } from '../../../src/services/tickets/update-ticket.js';
import {
  addStaff,
  createTestServices,
  MONDAY_MORNING as now,
  type TestServices,
} from '../../support/services.js';
import { openSample, SARI } from '../../support/tickets.js';

let test: TestServices;
let sari: Actor;
let budi: Actor;
let wati: Actor;
let administrator: Actor;

beforeAll(async () => {
  test = await createTestServices();
  sari = await addStaff(test.services, 'sari', 'agent');
  budi = await addStaff(test.services, 'budi', 'agent');
  wati = await addStaff(test.services, 'wati', 'supervisor');
  administrator = await addStaff(test.services, 'admin', 'administrator');
});
afterAll(async () => {
  await test.close();
});

const get = (number: string, actor: Actor, language: 'id' | 'en' = 'id') =>
  getTicket(test.services, { number, actor, language, now });
const holdConversation = (_id: string, holder: Actor) =>
  test.services.models.conversations.create({
    ...{ _id, channel: 'web-chat', account: 'chat', address: _id, createdAt: now },
    ...{ holder: 'staff', holderId: holder.staffId, holderName: holder.name },
  });

describe('reading a ticket', () => {
  it('shows everything of it, the arithmetic of its due date included (R-A3, R-T4)', async () => {
    const { number } = await openSample(test.services, { receivedAt: new Date('2026-03-13T17:59:00+07:00') });
    const ticket = await get(number, sari);
    expect(ticket).toMatchObject({
      number,
      profile: SARI,
      unit: { code: 'dana-transfer-khusus' },
      minutes: null,
      holder: 'bot',
      holderName: null,
    });
    expect(ticket.deadlineExplanation).toContain('2 hari kerja sejak Senin, 16 Maret pukul 08.00 WIB');
    expect(ticket.deadlineExplanation).toContain(
      'diterima Jumat, 13 Maret pukul 17.59 WIB, di luar jam layanan',
    );
    expect(ticket.deadlineExplanation).toContain('jatuh tempo Rabu, 25 Maret 2026 pukul 17.00 WIB');
    expect((await get(number, sari, 'en')).deadlineExplanation).toContain(
      'due Wednesday, 25 March 2026 at 17:00 WIB',
    );
  });

  it('is for agents, supervisors and administrators', async () => {
    const { number } = await openSample(test.services);
    expect(await get(number, administrator)).toMatchObject({ number, allowed: [] });
    await expect(get(number, { ...sari, roles: ['head-of-unit'] })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(get('DJPK-2026-999999', sari)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('what the reader may do', () => {
  it('depends on who has the ticket', async () => {
    const { number } = await openSample(test.services);
    const free = ['claim', 'take-over', 'reply', 'note', 'resolve', 'close', 'assign', 'edit', 'escalate'];
    expect((await get(number, sari)).allowed).toEqual(free);
    await claimTicket(test.services, { number, actor: sari, now });
    expect((await get(number, sari)).allowed).toEqual([
      'take-over',
      'reply',
      'note',
      'resolve',
      'close',
      'edit',
      'escalate',
    ]);
    expect((await get(number, budi)).allowed).toEqual(['note']);
    expect((await get(number, wati)).allowed).toEqual([
      ...['take-over', 'reply', 'note', 'resolve', 'close', 'assign', 'edit', 'escalate'],
    ]);
  });

  it('depends on who holds the conversation, whose name is shown', async () => {
    const { number, conversationId } = await openSample(test.services);
    await claimTicket(test.services, { number, actor: sari, now });
    await holdConversation(conversationId, sari);
    const ticket = await get(number, sari);
    expect(ticket).toMatchObject({ holder: 'staff', holderName: sari.name });
    expect(ticket.allowed).toEqual(['hand-back', 'reply', 'note', 'resolve', 'close', 'edit', 'escalate']);
    expect((await get(number, wati)).allowed).toContain('hand-back');
  });

  it('is nothing once the ticket is finished', async () => {
    const { number } = await openSample(test.services);
    await closeTicket(test.services, { number, actor: sari, reason: 'Ganda', now });
    expect((await get(number, sari)).allowed).toEqual([]);
  });
});

describe('correcting a ticket', () => {
  const update = (number: string, actor: Actor, change: object) =>
    updateTicket(test.services, { number, actor, now, ...change });

  it('changes what is given, moves it to the unit of its topic, finds it under its new name, keeps the due date', async () => {
    const { number, dueAt } = await openSample(test.services);
    const changed = await update(number, sari, {
      profile: { name: 'Sari Teladan' },
      topicCode: 'dau',
      question: ' Berapa DAU kami? ',
    });
    expect(changed).toMatchObject({
      ...{ profile: { ...SARI, name: 'Sari Teladan' }, topicCode: 'dau', unitCode: 'dana-transfer-umum' },
      ...{ question: 'Berapa DAU kami?', dueAt },
    });
    expect(changed.searchTerms).toContain('tel');
    const [audit] = await test.services.models.auditEntries.find({ subject: number }).lean();
    expect(audit).toMatchObject({
      action: 'ticket.update',
      details: { changed: 'profile,topicCode,question' },
    });
  });

  it('loses no correction when two are made at once', async () => {
    const { number, _id } = await openSample(test.services);
    await Promise.all([
      update(number, sari, { profile: { position: 'Sekretaris' } }),
      update(number, wati, { profile: { phone: '+628110000000' } }),
    ]);
    const stored = await test.services.models.tickets.findById(_id).lean();
    expect(stored?.profile).toEqual({ ...SARI, position: 'Sekretaris', phone: '+628110000000' });
  });

  it("refuses an unknown topic, an empty question, a colleague's ticket and a finished one", async () => {
    const { number } = await openSample(test.services);
    await expect(update(number, sari, { topicCode: 'x' })).rejects.toMatchObject({
      params: { field: 'topicCode' },
    });
    await expect(update(number, sari, { question: '  ' })).rejects.toMatchObject({
      params: { field: 'question' },
    });
    await claimTicket(test.services, { number, actor: sari, now });
    await expect(update(number, budi, { question: 'Baru?' })).rejects.toMatchObject({
      code: 'ticket-not-yours',
    });
    await closeTicket(test.services, { number, actor: sari, reason: 'Ganda', now });
    await expect(update(number, sari, { question: 'Baru?' })).rejects.toMatchObject({
      code: 'ticket-closed',
    });
  });
});

describe('the history of a ticket', () => {
  it('tells what happened, in order, and who did it', async () => {
    const { number } = await openSample(test.services);
    await claimTicket(test.services, { number, actor: sari, now });
    await closeTicket(test.services, { number, actor: sari, reason: 'Ganda', now });
    const { items } = await ticketHistory(test.services, { number, actor: administrator });
    expect(items.map(({ name, who }) => [name, who])).toEqual([
      ['ticket-opened', null],
      ['ticket-claimed', sari.name],
      ['ticket-closed', sari.name],
    ]);
    await expect(
      ticketHistory(test.services, { number: 'DJPK-2026-999999', actor: sari }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
