import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLetter } from '../../../src/services/appointments/add-letter.js';
import { cancelAppointment } from '../../../src/services/appointments/cancel-appointment.js';
import { declineAppointment } from '../../../src/services/appointments/decline-appointment.js';
import { findEarliest } from '../../../src/services/appointments/find-free-sessions.js';
import { holdSession } from '../../../src/services/appointments/hold-session.js';
import { joinWaitingList } from '../../../src/services/appointments/join-waiting-list.js';
import { bookSession } from '../../../src/services/appointments/book-session.js';
import type { Actor } from '../../../src/services/service-context.js';
import { readySample, requestSample, sampleLetter, take, USER, wib } from '../../support/appointments.js';
import { outcome } from '../../support/escalations.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

let test: TestServices;
let agent: Actor;
let supervisor: Actor;
beforeAll(async () => {
  test = await createTestServices();
  agent = await addStaff(test.services, 'rani', 'agent');
  supervisor = await addStaff(test.services, 'sinta', 'supervisor');
});
afterAll(() => test.close());

const now = MONDAY_MORNING;

describe('a request (R-B1, R-C1)', () => {
  it('opens a ticket of its kind and is planned; asked for twice it is one', async () => {
    const { services } = test;
    const input = { key: 'same', letter: await sampleLetter(services), kind: 'video-network' } as const;
    const request = await requestSample(services, { ...input, kanwil: 'sulsel' });
    const again = await requestSample(services, input);
    expect(again._id).toBe(request._id);
    expect(request).toMatchObject({ state: 'planning', kanwil: 'sulsel', trial: { state: 'due' } });
    expect(request.thread).toMatchObject([{ n: 1, step: 'request', by: 'user', byName: 'Sari Contoh' }]);
    const ticket = await services.models.tickets.findById(request.ticketId).lean();
    expect(ticket).toMatchObject({ kind: 'video-network', question: request.purpose });
    expect(await services.models.tickets.countDocuments({ openingKey: 'same' })).toBe(1);
  });

  it('asked for by two at once under one key is one', async () => {
    const { services } = test;
    const letter = await sampleLetter(services);
    const asks = Array.from({ length: 8 }, () => requestSample(services, { key: 'at once', letter }));
    const ids = (await Promise.all(asks)).map(({ _id }) => _id);
    expect(new Set(ids).size).toBe(1);
  });

  it('without its letter waits for it: no time is kept, booked or waited for', async () => {
    const { services } = test;
    const { _id: id, state } = await requestSample(services, { letter: null });
    expect(state).toBe('awaiting-letter');
    const startsAt = wib('2026-03-05T09:00');
    const wait = { id, from: '2026-03-05', to: '2026-03-06', key: 'w', now };
    expect(await outcome(holdSession(services, { id, startsAt, now }))).toBe('letter-missing');
    expect(await outcome(bookSession(services, { id, startsAt, actor: agent, now }))).toBe('letter-missing');
    expect(await outcome(joinWaitingList(services, wait))).toBe('letter-missing');
  });

  it('counts from the letter that comes later (R-B2), and from the one that takes its place', async () => {
    const { services } = test;
    const { _id: id } = await requestSample(services, { letter: null });
    const later = wib('2026-03-04T09:00');
    const letter = await sampleLetter(services, { receivedAt: later });
    const planned = await addLetter(services, { id, letter, by: USER, key: 'a', now: later });
    expect(planned.state).toBe('planning');
    expect(findEarliest(services, { appointment: planned, now: later })).toBe('2026-03-09');
    const other = await sampleLetter(services, { receivedAt: wib('2026-03-05T09:00') });
    const replaced = await addLetter(services, { id, letter: other, by: USER, key: 'b', now: later });
    expect(findEarliest(services, { appointment: replaced, now: later })).toBe('2026-03-10');
    // What it no longer is may serve another request.
    expect((await requestSample(services, { letter })).state).toBe('planning');
  });
});

describe('a letter (R-C6)', () => {
  it('serves once: neither its bytes nor its number and sender, however spelt, come again', async () => {
    const { services } = test;
    const content = 'surat yang sama';
    await requestSample(services, {
      letter: await sampleLetter(services, { content, number: 'S-1/X/2026' }),
    });
    const sameBytes = await sampleLetter(services, { content });
    const sameNumber = await sampleLetter(services, {
      number: 's 1/x.2026',
      sender: 'BPKAD  KABUPATEN GOWA',
    });
    const otherSender = await sampleLetter(services, { number: 'S-1/X/2026', sender: 'Bappeda Kota Contoh' });
    expect(await outcome(requestSample(services, { letter: sameBytes }))).toBe('letter-used');
    expect(await outcome(requestSample(services, { letter: sameNumber }))).toBe('letter-used');
    expect(await outcome(requestSample(services, { letter: otherSender }))).toBe('done');
    const { _id: id } = await requestSample(services, { letter: null });
    const added = addLetter(services, { id, letter: sameNumber, by: USER, key: 'again', now });
    expect(await outcome(added)).toBe('letter-used');
  });

  it('sent with two requests at once serves one; nothing of the other stays open', async () => {
    const { services } = test;
    const letter = await sampleLetter(services);
    const asks = Array.from({ length: 10 }, (_, index) =>
      outcome(requestSample(services, { key: `twice-${index}`, letter })),
    );
    const codes = (await Promise.all(asks)).toSorted();
    expect(codes).toEqual(['done', ...Array.from({ length: 9 }, () => 'letter-used')]);
    const open = { openingKey: /^twice-/u, status: { $ne: 'closed' } } as const;
    expect(await services.models.tickets.countDocuments(open)).toBe(1);
  });

  it('stays used when the user cancels a time that was given, and is free again before that or when the office declines', async () => {
    const { services } = test;
    const letter = await sampleLetter(services);
    const first = await readySample(services, { letter });
    await take(services, first._id, wib('2026-03-05T09:00'));
    await cancelAppointment(services, { id: first._id, by: USER, now });
    expect(await outcome(requestSample(services, { letter }))).toBe('letter-used');
    const early = await sampleLetter(services);
    const asked = await requestSample(services, { letter: early });
    await holdSession(services, { id: asked._id, startsAt: wib('2026-03-05T09:00'), now });
    await cancelAppointment(services, { id: asked._id, by: USER, now });
    expect(await outcome(requestSample(services, { letter: early })), 'no time was given').toBe('done');
    const other = await sampleLetter(services);
    const { _id: id } = await requestSample(services, { letter: other });
    await declineAppointment(services, { id, actor: agent, reason: 'Bukan urusan DJPK.', now });
    expect(await outcome(requestSample(services, { letter: other }))).toBe('done');
  });

  it('serves again where a supervisor sets the rule aside, with a reason', async () => {
    const { services } = test;
    const letter = await sampleLetter(services);
    await requestSample(services, { letter });
    const { _id: id } = await requestSample(services, { letter: null });
    const add = (actor: Actor, reason: string) =>
      addLetter(services, {
        ...{ id, letter, by: { kind: 'staff', actor }, key: `${actor.name}-${reason}`, now },
        override: { rules: ['new-letter'], reason },
      });
    expect(await outcome(add(agent, 'Arahan.'))).toBe('not-allowed');
    expect(await outcome(add(supervisor, ' '))).toBe('reason-missing');
    const { thread, state } = await add(supervisor, 'Arahan pimpinan.');
    expect(state).toBe('planning');
    expect(thread.at(-1)).toMatchObject({
      ...{ step: 'letter', text: 'Arahan pimpinan.', overridden: ['new-letter'] },
      ...{ byId: supervisor.staffId, by: 'staff' },
    });
  });
});
