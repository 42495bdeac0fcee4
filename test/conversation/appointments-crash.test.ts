import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/conversation/engine.js';
import { changeAndSettle, watchAndTell } from '../../src/conversation/settle-appointments.js';
import type { Appointment } from '../../src/models/appointment.js';
import type { ServiceEventName } from '../../src/models/service-event.js';
import type { BookingKind } from '../../src/models/ticket.js';
import { bookSession } from '../../src/services/appointments/book-session.js';
import { cancelAppointment } from '../../src/services/appointments/cancel-appointment.js';
import { reportAppointment } from '../../src/services/appointments/report-appointment.js';
import { isWorkingDay } from '../../src/shared/working-time.js';
import { readySample } from '../support/appointments.js';
import { agreed, createOffice, twinOf, type Chat, type Office } from '../support/conversation.js';
import { addCast, outcome, type Cast } from '../support/escalations.js';
import { startMortalProcess } from './mortal-process.js';

/** More steps of the database than any of these acts has. */
const MOST_STEPS = 150;

/** Steps from one death to the next; each act has its own beginning, so that together they meet many moments. */
const STRIDE = 5;

let office: Office;
let cast: Cast;
let ready: Chat;
beforeAll(async () => {
  office = await createOffice();
  cast = await addCast(office.services);
  ready = await agreed(office.chat());
});
afterAll(() => office.close());

interface Act {
  /** Steps that the first process lives for. */
  first: number;
  kind: BookingKind;
  /** Leads the request to where the act begins. */
  prepare?: (id: string) => Promise<unknown>;
  act: (engine: Engine, id: string) => Promise<unknown>;
  /** Whether the page shows it done; people do again what is not. */
  done: (appointment: Appointment) => boolean;
  /** Out of what was sent to the chat. */
  told: RegExp;
  /** Facts that there have to be, each once. */
  facts: readonly ServiceEventName[];
  /** E-mails that are queued in the course of it. */
  mails: number;
}

/** A process dies after so many steps, then after more and more; the jobs of another one do the rest. */
async function dieEverywhere({ first, kind, prepare, act, done, told, facts, mails }: Act): Promise<number> {
  const { models } = office.services;
  for (let lifetime = first; lifetime <= MOST_STEPS; lifetime += STRIDE) {
    const chat = await twinOf(office, ready);
    const { _id: conversationId } = await chat.conversation();
    const conversation = { _id: conversationId, channel: 'web-chat', contactId: null } as const;
    const now = office.clock.now();
    const { _id: id, ticketId } = await readySample(office.services, {
      kind,
      region: null,
      conversation,
      now,
    });
    await office.time(60);
    await prepare?.(id);
    await office.engine.queue.idle();
    const before = await models.mails.countDocuments({ ticketId });
    const dying = await startMortalProcess(office, lifetime);
    await act(dying.engine, id).catch(() => undefined);
    await dying.engine.queue.idle();
    const { dead } = dying;
    await dying.bury();
    await office.time(120);
    const found = (await models.appointments.findById(id).lean())!;
    if (!done(found)) await act(office.engine, id);
    await office.time(120);
    const after = `after a crash at step ${lifetime}`;
    const said = { conversationId, direction: 'out', 'content.text': told } as const;
    expect(await models.messages.countDocuments(said), after).toBe(1);
    for (const name of facts)
      expect(await models.serviceEvents.countDocuments({ ticketId, name }), after).toBe(1);
    expect((await models.mails.countDocuments({ ticketId })) - before, after).toBe(mails);
    expect(await models.appointments.findById(id).lean(), after).toMatchObject({ unsettled: false });
    if (!dead) return lifetime;
  }
  throw new Error('the act never ends');
}

/** One session after another, on working days from 9 March 2026: nobody is in anybody's way. */
let taken = 0;
function nextHour(): Date {
  const hour = [9, 10, 14][taken % 3] ?? 9;
  const workingDays = Array.from({ length: 120 }, (_, day) => new Date(Date.UTC(2026, 2, 9 + day, hour - 7)));
  const open = workingDays.filter((day) => isWorkingDay(office.services.reference.calendar, day));
  const day = open[Math.floor(taken / 3)];
  taken += 1;
  return day ?? expect.fail('a free hour');
}

async function book(engine: Engine, id: string, startsAt: Date): Promise<Appointment> {
  const now = office.clock.now();
  return changeAndSettle(engine, () =>
    bookSession(engine.services, { id, startsAt, actor: cast.agent, now }),
  );
}

it(
  'agreeing on a conference: told, mailed, recorded once, its letter drafted once (R-B4)',
  { timeout: 180_000 },
  async () => {
    let startsAt = nextHour();
    const steps = await dieEverywhere({
      first: 4,
      kind: 'video-application',
      prepare: () => Promise.resolve((startsAt = nextHour())),
      act: (engine, id) => book(engine, id, startsAt),
      done: ({ state }) => state === 'scheduled',
      told: /Petugas menjadwalkan konferensi video/,
      facts: ['appointment-book'],
      mails: 1,
    });
    expect(steps).toBeGreaterThan(20);
    const { officialLetters, appointments } = office.services.models;
    expect(await officialLetters.countDocuments({})).toBe(await appointments.countDocuments({}));
  },
);

it('cancelling for the user: the ticket is closed and told once (R-C6)', { timeout: 180_000 }, async () => {
  const by = { kind: 'staff', actor: cast.agent } as const;
  const steps = await dieEverywhere({
    first: 1,
    kind: 'video-application',
    prepare: (id) => book(office.engine, id, nextHour()),
    act: (engine, id) => {
      const now = office.clock.now();
      return changeAndSettle(engine, () => cancelAppointment(engine.services, { id, by, now }));
    },
    done: ({ state }) => state === 'cancelled',
    told: /ditutup\. Keterangan petugas: dibatalkan/,
    facts: ['appointment-cancel', 'ticket-closed'],
    mails: 1,
  });
  expect(steps).toBeGreaterThan(15);
});

it('reporting: resolved, its BAK made, mailed and told once (R-B6)', { timeout: 180_000 }, async () => {
  const steps = await dieEverywhere({
    first: 2,
    kind: 'video-application',
    prepare: async (id) => {
      await book(office.engine, id, nextHour());
      await office.services.models.appointments.updateOne({ _id: id }, { $set: { state: 'over' } });
    },
    act: async (engine, id) => {
      const input = { id, answer: 'Sudah dibahas.', legalBasis: [], recordingUrl: null, actor: cast.member };
      const now = office.clock.now();
      const reported = changeAndSettle(engine, () => reportAppointment(engine.services, { ...input, now }));
      expect(['done', 'appointment-over']).toContain(await outcome(reported));
    },
    done: ({ state }) => state === 'done',
    told: /Sudah dibahas\./,
    facts: ['appointment-report', 'ticket-resolved', 'minutes-issued'],
    mails: 1,
  });
  expect(steps).toBeGreaterThan(30);
});

it('a missed visit: told once, in whatever moment the watch died (R-C6)', { timeout: 180_000 }, async () => {
  const { clock } = office;
  const steps = await dieEverywhere({
    first: 3,
    kind: 'visit',
    prepare: async (id) => {
      await book(office.engine, id, nextHour());
      // As if its hour were over.
      const endsAt = clock.now();
      const set = { 'agreed.endsAt': endsAt, nextNoticeAt: endsAt };
      await office.services.models.appointments.updateOne({ _id: id }, { $set: set });
    },
    act: (engine) => watchAndTell(engine, clock.now()),
    done: ({ state }) => state === 'no-show',
    told: /tercatat tidak dihadiri/,
    facts: ['appointment-no-show', 'ticket-closed'],
    mails: 0,
  });
  expect(steps).toBeGreaterThan(5);
});
