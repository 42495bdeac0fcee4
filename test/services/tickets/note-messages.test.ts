import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ticket } from '../../../src/models/ticket.js';
import type { Actor } from '../../../src/services/service-context.js';
import { markSeen } from '../../../src/services/tickets/mark-seen.js';
import { noteStaffReply } from '../../../src/services/tickets/note-staff-reply.js';
import { noteUserMessage } from '../../../src/services/tickets/note-user-message.js';
import {
  addStaff,
  createTestServices,
  MONDAY_MORNING as now,
  type TestServices,
} from '../../support/services.js';
import { openSample } from '../../support/tickets.js';

let test: TestServices;
let sari: Actor;
let budi: Actor;

beforeAll(async () => {
  test = await createTestServices();
  sari = await addStaff(test.services, 'sari', 'agent');
  budi = await addStaff(test.services, 'budi', 'agent');
});
afterAll(async () => {
  await test.close();
});

const stored = async (ticket: Ticket) => (await test.services.models.tickets.findById(ticket._id).lean())!;
/** Identifiers of messages are unique: the ticket's own, in the order of their letters. */
const idOf = (ticket: Ticket, letter: string) => `${ticket._id}-${letter}`;
const userWrites = (ticket: Ticket, letter: string, conversationId = ticket.conversationId) =>
  noteUserMessage(test.services, {
    ticketId: ticket._id,
    conversationId,
    messageId: idOf(ticket, letter),
    now,
  });
const staffReplies = (ticket: Ticket, letter: string, actor = sari, at = now, awaitsAnswer = true) =>
  noteStaffReply(test.services, {
    ...{ ticketId: ticket._id, actor, messageId: idOf(ticket, letter), awaitsAnswer, now: at },
  });
const factNames = async (ticket: Ticket) =>
  (await test.services.models.serviceEvents.find({ ticketId: ticket._id }).sort({ _id: 1 }).lean()).map(
    ({ name }) => name,
  );

describe('a message of the user', () => {
  it('is unread once, however often its turn is run', async () => {
    const ticket = await openSample(test.services);
    await userWrites(ticket, 'A');
    await userWrites(ticket, 'B');
    await userWrites(ticket, 'A');
    await userWrites(ticket, 'B');
    expect((await stored(ticket)).unread).toBe(2);
    expect(await factNames(ticket)).toEqual(['ticket-opened', 'user-wrote', 'user-wrote']);
  });

  it('of another conversation does not count', async () => {
    const ticket = await openSample(test.services);
    await userWrites(ticket, 'A', 'conversation-of-a-stranger');
    expect((await stored(ticket)).unread).toBe(0);
    expect(await factNames(ticket)).toEqual(['ticket-opened']);
  });

  it('turns waiting for the user into work again, and leaves a finished ticket finished', async () => {
    const ticket = await openSample(test.services);
    await staffReplies(ticket, 'A');
    expect((await stored(ticket)).status).toBe('waiting-user');
    await userWrites(ticket, 'B');
    expect((await stored(ticket)).status).toBe('in-progress');
    await test.services.models.tickets.updateOne({ _id: ticket._id }, { $set: { status: 'resolved' } });
    await userWrites(ticket, 'C');
    expect(await stored(ticket)).toMatchObject({ status: 'resolved', unread: 2 });
  });

  it('is read once an agent has looked', async () => {
    const ticket = await openSample(test.services);
    await userWrites(ticket, 'A');
    expect((await markSeen(test.services, { number: ticket.number, actor: sari, now })).unread).toBe(0);
    expect((await markSeen(test.services, { number: ticket.number, actor: sari, now })).unread).toBe(0);
  });
});

describe('a reply of an agent', () => {
  it('stops no clock unless the user has to answer (R-T4)', async () => {
    const ticket = await openSample(test.services);
    await staffReplies(ticket, 'A', sari, now, false);
    expect(await stored(ticket)).toMatchObject({ status: 'open', firstResponseAt: now });
    await staffReplies(ticket, 'B');
    await staffReplies(ticket, 'C', sari, now, false);
    expect((await stored(ticket)).status).toBe('waiting-user');
  });

  it('is the first response once, with its working minutes', async () => {
    const ticket = await openSample(test.services);
    const at = new Date('2026-03-02T13:30:00+07:00');
    await staffReplies(ticket, 'A', sari, at);
    await staffReplies(ticket, 'B', budi, new Date('2026-03-02T14:00:00+07:00'));
    expect(await stored(ticket)).toMatchObject({
      firstResponseAt: at,
      status: 'waiting-user',
    });
    const fact = await test.services.models.serviceEvents
      .findOne({ key: `first-response:${ticket._id}` })
      .lean();
    // 10.00-12.00 and 13.00-13.30: the lunch break does not count.
    expect(fact).toMatchObject({ staffName: sari.name, facts: { workingMinutes: 150 } });
    expect(await factNames(ticket)).toEqual([
      'ticket-opened',
      'first-response',
      'staff-replied',
      'staff-replied',
    ]);
  });

  it('noted again after the user has answered does not hide that answer', async () => {
    const ticket = await openSample(test.services);
    await staffReplies(ticket, 'A');
    await userWrites(ticket, 'B');
    await staffReplies(ticket, 'A');
    expect((await stored(ticket)).status).toBe('in-progress');
  });

  it('changes nothing of a finished ticket', async () => {
    const ticket = await openSample(test.services);
    await test.services.models.tickets.updateOne({ _id: ticket._id }, { $set: { status: 'closed' } });
    await staffReplies(ticket, 'A');
    expect(await stored(ticket)).toMatchObject({ status: 'closed', firstResponseAt: null, assigneeId: null });
  });
});
