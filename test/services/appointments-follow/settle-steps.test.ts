import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import type { Ticket } from '../../../src/models/ticket.js';
import { addLetter } from '../../../src/services/appointments/add-letter.js';
import { bookSession } from '../../../src/services/appointments/book-session.js';
import { cancelAppointment } from '../../../src/services/appointments/cancel-appointment.js';
import { declineAppointment } from '../../../src/services/appointments/decline-appointment.js';
import { followTicket } from '../../../src/services/appointments/follow-ticket.js';
import { settleSteps } from '../../../src/services/appointments/settle-steps.js';
import { settleDeadline } from '../../../src/services/deadlines/recount-deadline.js';
import { escalateTicket } from '../../../src/services/escalations/escalate-ticket.js';
import type { Actor, ServiceContext } from '../../../src/services/service-context.js';
import { claimTicket } from '../../../src/services/tickets/claim-ticket.js';
import { closeTicket } from '../../../src/services/tickets/close-ticket.js';
import { getTicket } from '../../../src/services/tickets/get-ticket.js';
import { noteUserMessage } from '../../../src/services/tickets/note-user-message.js';
import { resolveTicket } from '../../../src/services/tickets/resolve-ticket.js';
import { watchDeadlines } from '../../../src/services/tickets/watch-deadlines.js';
import { readySample, requestSample, sampleLetter, take, USER, wib } from '../../support/appointments.js';
import { outcome } from '../../support/escalations.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

let test: TestServices;
let services: ServiceContext;
let agent: Actor;
let supervisor: Actor;

beforeAll(async () => {
  test = await createTestServices();
  services = test.services;
  agent = await addStaff(services, 'rani', 'agent');
  supervisor = await addStaff(services, 'sinta', 'supervisor');
});
afterAll(() => test.close());

const now = MONDAY_MORNING;
let day = 5;

/** Nine o'clock of another working day each time: tests share the room. */
function nextMorning(): Date {
  do day += 1;
  while (services.reference.calendar.day(dayOf()).periods.length === 0);
  return wib(`${dayOf()}T09:00`);
}
const dayOf = (): string => new Date(Date.UTC(2026, 2, day)).toISOString().slice(0, 10);

async function settled({ _id }: Appointment, at = now): Promise<Appointment> {
  await settleSteps(services, _id, () => Promise.resolve(), at);
  return (await services.models.appointments.findById(_id).lean())!;
}

async function ticketOf({ ticketId }: Appointment): Promise<Ticket> {
  return (await services.models.tickets.findById(ticketId).lean())!;
}

const factsOf = async ({ ticketId }: Appointment) =>
  services.models.serviceEvents
    .find({ ticketId, name: /^appointment-/ })
    .sort({ _id: 1 })
    .lean();

describe('the facts of a booking (R-F1)', () => {
  it('are recorded once a step, however often and by how many they are drawn', async () => {
    const startsAt = nextMorning();
    const { _id } = await readySample(services, { region: null });
    const booked = await take(services, _id, startsAt);
    const follow = () => Promise.resolve();
    await Promise.all([1, 2, 3].map(() => settleSteps(services, _id, follow, now)));
    const after = await settled(booked);
    expect(after).toMatchObject({ unsettled: false, settledEntry: 3 });
    const facts = await factsOf(booked);
    expect(facts.map(({ name }) => name)).toEqual([
      ...['appointment-request', 'appointment-guests', 'appointment-book'],
    ]);
    expect(facts.at(-1)?.facts).toMatchObject({
      ...{ kind: 'visit', by: 'user', unit: 'dana-transfer-khusus', topic: 'dak-fisik', guests: 2 },
      ...{ startsAt: startsAt.toISOString(), room: 'vc-lantai-3', onTime: true },
    });
    expect(await services.models.auditEntries.countDocuments({ subject: booked.ticketNumber })).toBe(0);
  });

  it('name who of the office acted, and the audit log a rule set aside with its reason', async () => {
    const { _id } = await readySample(services, { region: null });
    const override = { rules: ['lead-time'] as const, reason: 'Arahan pimpinan.' };
    const startsAt = wib('2026-03-03T09:00');
    const booked = await bookSession(services, { id: _id, startsAt, actor: supervisor, override, now });
    await settled(booked);
    const [line, ...others] = await services.models.auditEntries
      .find({ subject: booked.ticketNumber })
      .lean();
    expect(others).toEqual([]);
    expect(line).toMatchObject({ action: 'appointment.book', actorName: supervisor.name });
    expect(line?.details).toMatchObject({ overridden: 'lead-time', reason: 'Arahan pimpinan.' });
    const fact = (await factsOf(booked)).at(-1);
    expect(fact).toMatchObject({ name: 'appointment-book', staffId: supervisor.staffId });
  });

  it('a step whose consequences fail keeps them until they are drawn', async () => {
    const request = await readySample(services);
    const seen: string[] = [];
    const failing = settleSteps(
      services,
      request._id,
      (_ticket, _appointment, { step }) => {
        seen.push(step);
        return step === 'guests' ? Promise.reject(new Error('no paper')) : Promise.resolve();
      },
      now,
    );
    await expect(failing).rejects.toThrow('no paper');
    expect(await services.models.appointments.findById(request._id).lean()).toMatchObject({
      unsettled: true,
    });
    await settled(request);
    expect(seen).toEqual(['request', 'guests']);
    expect(await factsOf(request)).toHaveLength(2);
  });
});

describe('the ticket of a booking', () => {
  it('waits for the letter, is planned, is scheduled, and is over with the cancellation (R-B1, R-B2, R-C6)', async () => {
    const request = await requestSample(services, { letter: null, region: null });
    const seen: string[] = [];
    const look = async (appointment: Appointment): Promise<void> => {
      const { appointment: snapshot, status } = await ticketOf(await settled(appointment));
      seen.push(`${snapshot?.state} ${status}`);
    };
    await look(request);
    const id = request._id;
    const letter = await sampleLetter(services);
    await look(await addLetter(services, { id, letter, by: USER, key: 'letter-1', now }));
    const startsAt = nextMorning();
    await look(await bookSession(services, { id, startsAt, actor: agent, now }));
    const { appointment } = await ticketOf(request);
    expect(appointment?.startsAt).toEqual(startsAt);
    await look(await cancelAppointment(services, { id, by: USER, now }));
    expect(seen).toEqual([
      ...['awaiting-letter waiting-user', 'planning open', 'scheduled scheduled', 'cancelled closed'],
    ]);
    expect(await ticketOf(request)).toMatchObject({
      ...{ closeReason: 'dibatalkan oleh pemohon', closedById: null, closingPending: true, closedAt: now },
    });
  });

  it('keeps what an agent made of it until the state of the booking is a new one', async () => {
    const request = await settled(await requestSample(services));
    const { ticketNumber: number } = request;
    await claimTicket(services, { number, actor: agent, now });
    await services.models.tickets.updateOne({ number }, { $set: { status: 'waiting-user' } });
    const id = request._id;
    const letter = await sampleLetter(services);
    const again = await addLetter(services, { id, letter, by: USER, key: 'letter-2', now });
    expect(await ticketOf(await settled(again))).toMatchObject({ status: 'waiting-user' });
  });

  it('never goes back to an older state', async () => {
    const before = await readySample(services, { region: null });
    const after = await settled(await take(services, before._id, nextMorning()));
    await followTicket(services, before);
    expect(await ticketOf(after)).toMatchObject({
      ...{ status: 'scheduled', appointment: { state: 'scheduled', version: after.version } },
    });
  });

  it('says why it was declined, in the words of whoever did', async () => {
    const { _id: id } = await requestSample(services);
    const reason = 'Di luar kewenangan DJPK.';
    const declined = await settled(await declineAppointment(services, { id, actor: agent, reason, now }));
    expect(await ticketOf(declined)).toMatchObject({
      ...{ status: 'closed', closeReason: reason, closedById: agent.staffId },
    });
  });

  it('still waits for the letter when the user writes something else (R-B1)', async () => {
    const request = await settled(await requestSample(services, { letter: null }));
    const { ticketId, conversationId } = request;
    const messageId = services.newId();
    await noteUserMessage(services, { ticketId, conversationId, messageId, now });
    expect(await ticketOf(request)).toMatchObject({ status: 'waiting-user', unread: 1 });
  });

  it('is neither resolved, closed nor escalated by hand: it ends with its appointment', async () => {
    const { ticketNumber: number } = await settled(await requestSample(services));
    const common = { number, actor: supervisor, now };
    const refused = [
      await outcome(resolveTicket(services, { ...common, answer: 'Ya.', legalBasis: [] })),
      await outcome(closeTicket(services, { ...common, reason: 'Ganda.' })),
      await outcome(escalateTicket(services, { ...common, summary: '' })),
    ];
    expect(refused).toEqual(['step-not-possible', 'step-not-possible', 'not-allowed']);
    const { allowed } = await getTicket(services, { ...common, language: 'id' });
    expect(allowed.filter((action) => ['resolve', 'close', 'escalate'].includes(action))).toEqual([]);
  });
});

describe('the planning time (R-B2)', () => {
  it('stands still while the session is awaited, and goes on after it', async () => {
    const request = await readySample(services, { region: null });
    const { _id: id } = request;
    expect((await ticketOf(await settled(request))).dueAt).toEqual(wib('2026-03-05T17:00'));
    const startsAt = nextMorning();
    await settled(await take(services, id, startsAt));
    // Every closing time that passes moves the date; nobody is late.
    for (let at = 3; at < day; at += 1) {
      await watchDeadlines(services, wib(`2026-03-${String(at).padStart(2, '0')}T17:30`));
    }
    const scheduled = await ticketOf(request);
    expect(scheduled.dueAt > startsAt).toBe(true);
    expect(scheduled.deadline?.breach).toBeNull();
    const { models } = services;
    const over = new Date(startsAt.getTime() + 3_600_000);
    await models.appointments.updateOne(
      { _id: id },
      { $set: { state: 'over', updatedAt: over }, $inc: { version: 1 } },
    );
    await settled(request, over);
    const after = await settleDeadline(services, await ticketOf(request), over);
    expect(after).toMatchObject({ status: 'open', appointment: { state: 'over' } });
    expect(after.deadline?.pauses).toMatchObject([{ to: over }]);
    // Asked on Monday, agreed on Monday: three working days from the day of the session.
    const { calendar } = services.reference;
    expect(calendar.dateOf(after.dueAt) > calendar.dateOf(over)).toBe(true);
    await watchDeadlines(services, new Date(after.dueAt.getTime() + 1));
    expect((await ticketOf(request)).deadline?.breach).not.toBeNull();
  });
});
