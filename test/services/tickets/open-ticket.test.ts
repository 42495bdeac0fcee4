import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTicket } from '../../../src/services/tickets/open-ticket.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';
import { closeTicket } from '../../../src/services/tickets/close-ticket.js';
import { openSample, SARI } from '../../support/tickets.js';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices();
});
afterAll(async () => {
  await test.close();
});

describe('the number of a ticket', () => {
  it('is unique under 100 tickets opened at once, and counts up without holes', async () => {
    const year = new Date('2030-05-06T10:00:00+07:00');
    const tickets = await Promise.all(
      Array.from({ length: 100 }, () => openSample(test.services, { now: year })),
    );
    const numbers = tickets.map(({ number }) => number).sort();
    expect(new Set(numbers).size).toBe(100);
    expect(numbers[0]).toBe('DJPK-2030-000001');
    expect(numbers[99]).toBe('DJPK-2030-000100');
  });

  it('is not given again after its ticket is closed or gone', async () => {
    const now = new Date('2031-05-06T10:00:00+07:00');
    const agent = await addStaff(test.services, 'rina', 'agent');
    const first = await openSample(test.services, { now });
    await closeTicket(test.services, { number: first.number, actor: agent, reason: 'Salah alamat', now });
    const second = await openSample(test.services, { now });
    await test.services.models.tickets.deleteOne({ _id: second._id });
    const third = await openSample(test.services, { now });
    expect([first.number, second.number, third.number]).toEqual([
      'DJPK-2031-000001',
      'DJPK-2031-000002',
      'DJPK-2031-000003',
    ]);
  });

  it('carries the year in WIB, where the new year comes seven hours before UTC', async () => {
    const before = await openSample(test.services, { now: new Date('2032-12-31T16:59:59Z') });
    const after = await openSample(test.services, { now: new Date('2032-12-31T17:00:00Z') });
    expect([before.number, after.number]).toEqual(['DJPK-2032-000001', 'DJPK-2033-000001']);
  });
});

describe('opening a ticket', () => {
  it('makes one ticket of one key, also when many workers try at once', async () => {
    const open = () => openSample(test.services, { key: 'the-same-message' });
    const tickets = await Promise.all(Array.from({ length: 20 }, open));
    tickets.push(await open());
    expect(new Set(tickets.map(({ _id }) => _id)).size).toBe(1);
    expect(await test.services.models.tickets.countDocuments({ openingKey: 'the-same-message' })).toBe(1);
    const facts = await test.services.models.serviceEvents.find({ ticketId: tickets[0]!._id }).lean();
    expect(facts.map(({ name }) => name)).toEqual(['ticket-opened']);
  });

  it('records who asked what, names the unit of the topic and the facts that reports need', async () => {
    const ticket = await openSample(test.services);
    const stored = await test.services.models.tickets.findById(ticket._id).lean();
    expect(stored).toEqual(ticket);
    expect(ticket).toMatchObject({
      status: 'open',
      profile: SARI,
      topicCode: 'dak-fisik',
      unitCode: 'dana-transfer-khusus',
      assigneeId: null,
    });
    const fact = await test.services.models.serviceEvents
      .findOne({ key: `ticket-opened:${ticket._id}` })
      .lean();
    expect(fact?.facts).toEqual({
      number: ticket.number,
      kind: 'consultation',
      language: 'id',
      topic: 'dak-fisik',
      unit: 'dana-transfer-khusus',
      region: '73.06',
    });
  });

  it('tells the screens once', async () => {
    const seen: string[] = [];
    const stop = test.services.changes.subscribe(({ topic, id }) => seen.push(`${topic} ${id}`));
    const ticket = await openSample(test.services, { key: 'told-once' });
    await openSample(test.services, { key: 'told-once' });
    stop();
    expect(seen).toEqual([`ticket ${ticket.number}`]);
  });

  it('refuses a topic that does not exist, and takes one that was withdrawn meanwhile', async () => {
    await expect(openSample(test.services, { topicCode: 'tidak-ada' })).rejects.toMatchObject({
      code: 'invalid-input',
      params: { field: 'topicCode' },
    });
    await test.services.models.topics.updateOne({ _id: 'dbh' }, { $set: { active: false } });
    await test.services.reference.reload();
    const ticket = await openSample(test.services, { topicCode: 'dbh' });
    expect(ticket.unitCode).toBe('dana-transfer-umum');
  });
});

describe('the due date: two working days (R-A3), counted by R-T4', () => {
  it.each([
    ['Monday 10.00: day 0 is Monday', '2026-03-02T10:00', '2026-03-02T10:00', '2026-03-04T17:00'],
    ['Friday 16.59: day 0 is Friday', '2026-03-06T16:59', '2026-03-06T16:59', '2026-03-10T17:00'],
    ['Friday 17.59: counts as Monday 08.00', '2026-03-06T17:59', '2026-03-09T08:00', '2026-03-11T17:00'],
    [
      'the eve of Lebaran: leave and holidays are passed over',
      '2026-03-17T10:00',
      '2026-03-17T10:00',
      '2026-03-26T17:00',
    ],
    ['Friday 17.59 before the week of Lebaran', '2026-03-13T17:59', '2026-03-16T08:00', '2026-03-25T17:00'],
    ['on Idul Fitri itself', '2026-03-21T09:00', '2026-03-25T08:00', '2026-03-27T17:00'],
  ])('%s', async (_case, received, counted, due) => {
    const receivedAt = new Date(`${received}:00+07:00`);
    const ticket = await openTicket(test.services, {
      ...{ key: `due-${received}`, kind: 'consultation', profile: SARI, language: 'id', topicCode: 'dau' },
      conversation: { _id: 'conversation-due', channel: 'web-chat', contactId: null },
      ...{ question: 'Berapa DAU kami?', attachments: [], receivedAt, now: MONDAY_MORNING },
    });
    expect(ticket.countedFrom).toEqual(new Date(`${counted}:00+07:00`));
    expect(ticket.dueAt).toEqual(new Date(`${due}:00+07:00`));
  });
});
