import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceEventName } from '../../../src/models/service-event.js';
import type { Actor } from '../../../src/services/service-context.js';
import { claimTicket } from '../../../src/services/tickets/claim-ticket.js';
import { closeTicket } from '../../../src/services/tickets/close-ticket.js';
import { finishClosing } from '../../../src/services/tickets/finish-closing.js';
import { rateTicket } from '../../../src/services/tickets/rate-ticket.js';
import { resolveTicket } from '../../../src/services/tickets/resolve-ticket.js';
import { updateTicket } from '../../../src/services/tickets/update-ticket.js';
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

const answer = 'Tahap I disalurkan paling cepat bulan Februari.';
const resolve = (number: string, actor: Actor, words = answer, at = now) =>
  resolveTicket(test.services, { number, actor, answer: words, legalBasis: [' PMK 25/2024 ', ''], now: at });
const factsOf = (ticketId: string, name: ServiceEventName) =>
  test.services.models.serviceEvents.find({ ticketId, name }).lean();

describe('resolving a ticket (R-A6)', () => {
  it('keeps answer and legal basis, claims what was free, and waits for its BAK', async () => {
    const { number, _id } = await openSample(test.services);
    const at = new Date('2026-03-03T09:00:00+07:00');
    const resolved = await resolve(number, sari, `  ${answer}\n`, at);
    expect(resolved).toMatchObject({
      ...{ status: 'resolved', answer, legalBasis: ['PMK 25/2024'], closingPending: true },
      ...{ assigneeId: sari.staffId, resolvedById: sari.staffId, resolvedAt: at },
    });
    const [fact] = await factsOf(_id, 'ticket-resolved');
    // Monday 10.00-12.00 and 13.00-17.00, Tuesday 08.00-09.00.
    expect(fact?.facts).toMatchObject({ workingMinutes: 420, onTime: true, topic: 'dak-fisik' });
    expect(
      await test.services.models.auditEntries.countDocuments({ subject: number, action: 'ticket.resolve' }),
    ).toBe(1);
  });

  it('happens once: the second time says that the ticket is closed, and the first answer stands', async () => {
    const { number, _id } = await openSample(test.services);
    await resolve(number, sari);
    await expect(resolve(number, sari, 'Jawaban lain')).rejects.toMatchObject({
      code: 'ticket-closed',
      status: 409,
    });
    expect((await test.services.models.tickets.findById(_id).lean())?.answer).toBe(answer);
    expect(await factsOf(_id, 'ticket-resolved')).toHaveLength(1);
  });

  it('happens once also when ten try at once', async () => {
    const { number } = await openSample(test.services);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => resolve(number, sari, `Jawaban ${index}`)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it("is not for a colleague's ticket, except by a supervisor, who does not take it away", async () => {
    const { number } = await openSample(test.services);
    await claimTicket(test.services, { number, actor: sari, now });
    await expect(resolve(number, budi)).rejects.toMatchObject({ code: 'ticket-not-yours' });
    expect(await resolve(number, wati)).toMatchObject({
      assigneeId: sari.staffId,
      resolvedById: wati.staffId,
    });
  });

  it('needs an answer, a ticket and a role', async () => {
    const { number } = await openSample(test.services);
    await expect(resolve(number, sari, ' \n ')).rejects.toMatchObject({ code: 'answer-missing' });
    await expect(resolve('DJPK-2026-999999', sari)).rejects.toMatchObject({ code: 'not-found' });
    await expect(resolve(number, administrator)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it.each([
    [{ question: '' }, 'question'],
    [{ question: ' \n ' }, 'question'],
    [{ profile: {} }, 'profile.name'],
    [{ profile: { name: ' ' } }, 'profile.name'],
  ])('waits until it is known who asked what: %j', async (missing, field) => {
    const { number, _id } = await openSample(test.services, { kind: 'assistance', ...missing });
    await expect(resolve(number, sari)).rejects.toMatchObject({
      ...{ code: 'question-missing', params: { field }, status: 422 },
    });
    await expect(resolve(number, wati)).rejects.toMatchObject({ code: 'question-missing' });
    expect(await test.services.models.tickets.findById(_id).lean()).toMatchObject({
      ...{ status: 'open', assigneeId: null, answer: null },
    });
    const profile = { name: 'Sari Contoh' };
    await updateTicket(test.services, { number, actor: sari, profile, question: 'Kapan?', now });
    expect(await resolve(number, sari)).toMatchObject({ status: 'resolved' });
  });

  it('counts an answer after the due date as late (R-A3)', async () => {
    const { number, _id } = await openSample(test.services);
    await resolve(number, sari, answer, new Date('2026-03-04T17:00:01+07:00'));
    expect((await factsOf(_id, 'ticket-resolved'))[0]?.facts).toMatchObject({ onTime: false });
  });
});

describe('finishing the closing', () => {
  it('marks the ticket done, may run again, and makes up for a fact that a crash lost', async () => {
    const { number, _id } = await openSample(test.services);
    await resolve(number, sari);
    await test.services.models.serviceEvents.deleteMany({ ticketId: _id, name: 'ticket-resolved' });
    expect(await finishClosing(test.services, { ticketId: _id })).toMatchObject({ closingPending: false });
    expect(await finishClosing(test.services, { ticketId: _id })).toMatchObject({ closingPending: false });
    const facts = await factsOf(_id, 'ticket-resolved');
    expect(facts.map(({ staffName, at }) => [staffName, at])).toEqual([[sari.name, now]]);
  });
});

describe('closing a ticket without an answer', () => {
  it('needs a reason, and waits for the user to be told', async () => {
    const { number } = await openSample(test.services);
    const close = (reason: string) => closeTicket(test.services, { number, actor: sari, reason, now });
    await expect(close('  ')).rejects.toMatchObject({ code: 'invalid-input', params: { field: 'reason' } });
    expect(await close(' Ganda ')).toMatchObject({
      ...{ status: 'closed', closeReason: 'Ganda', closedAt: now, closingPending: true },
    });
    await expect(close('Ganda')).rejects.toMatchObject({ code: 'ticket-closed' });
    await expect(resolve(number, sari)).rejects.toMatchObject({ code: 'ticket-closed' });
  });

  it("is not for a colleague's ticket", async () => {
    const { number } = await openSample(test.services);
    await claimTicket(test.services, { number, actor: sari, now });
    await expect(
      closeTicket(test.services, { number, actor: budi, reason: 'Ganda', now }),
    ).rejects.toMatchObject({ code: 'ticket-not-yours' });
  });
});

describe('rating a ticket', () => {
  const rate = (ticketId: string, score: number, comment?: string) =>
    rateTicket(test.services, { ticketId, score, ...(comment === undefined ? {} : { comment }), now });

  it('takes one score, then one comment; saying the same again changes nothing', async () => {
    const { number, _id } = await openSample(test.services);
    await resolve(number, sari);
    expect((await rate(_id, 4)).rating).toEqual({ score: 4, comment: null, at: now });
    expect((await rate(_id, 4)).rating).toEqual({ score: 4, comment: null, at: now });
    expect((await rate(_id, 4, ' Jelas ')).rating).toEqual({ score: 4, comment: 'Jelas', at: now });
    expect((await rate(_id, 4, 'Jelas')).rating?.comment).toBe('Jelas');
    await expect(rate(_id, 5)).rejects.toMatchObject({ code: 'conflict' });
    await expect(rate(_id, 4, 'Lain')).rejects.toMatchObject({ code: 'conflict' });
    expect((await factsOf(_id, 'ticket-rated')).map(({ facts }) => facts)).toEqual([{ score: 4 }]);
  });

  it('takes whole scores from 1 to 5, once the ticket is answered', async () => {
    const { number, _id } = await openSample(test.services);
    await expect(rate(_id, 5)).rejects.toMatchObject({ code: 'ticket-not-resolved' });
    await resolve(number, sari);
    for (const score of [0, 6, 2.5, Number.NaN]) {
      await expect(rate(_id, score)).rejects.toMatchObject({ code: 'invalid-input' });
    }
    await expect(rate('nothing', 5)).rejects.toMatchObject({ code: 'not-found' });
  });
});
