import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Appointment, OverridableRule } from '../../../src/models/appointment.js';
import { connectModels } from '../../../src/models/index.js';
import { assignConsultant } from '../../../src/services/appointments/assign-consultant.js';
import { bookSession } from '../../../src/services/appointments/book-session.js';
import { cancelAppointment } from '../../../src/services/appointments/cancel-appointment.js';
import { closeSessions } from '../../../src/services/appointments/close-sessions.js';
import { confirmSession } from '../../../src/services/appointments/confirm-session.js';
import { declineAppointment } from '../../../src/services/appointments/decline-appointment.js';
import { displaceClosed } from '../../../src/services/appointments/displace-closed.js';
import { earliestDay } from '../../../src/services/appointments/earliest-day.js';
import { holdSession } from '../../../src/services/appointments/hold-session.js';
import { joinWaitingList } from '../../../src/services/appointments/join-waiting-list.js';
import { nameGuests } from '../../../src/services/appointments/name-guests.js';
import { releaseHold } from '../../../src/services/appointments/release-hold.js';
import { watchAppointments } from '../../../src/services/appointments/watch-appointments.js';
import type { Actor, ServiceContext } from '../../../src/services/service-context.js';
import { loadReferenceData } from '../../../src/services/settings/load-reference-data.js';
import { saveHoliday } from '../../../src/services/settings/save-holiday.js';
import { updateTicket } from '../../../src/services/tickets/update-ticket.js';
import { DomainError } from '../../../src/shared/errors.js';
import { createIdGenerator, seededRandom } from '../../../src/shared/ids.js';
import { isWorkingDay, type WorkingCalendar } from '../../../src/shared/working-time.js';
import { readySample, take, USER, wib } from '../../support/appointments.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

let test: TestServices;
let agent: Actor;
let supervisor: Actor;
let administrator: Actor;
const consultants: string[] = [];

beforeAll(async () => {
  test = await createTestServices();
  agent = await addStaff(test.services, 'rani', 'agent');
  supervisor = await addStaff(test.services, 'sinta', 'supervisor');
  administrator = await addStaff(test.services, 'ayu', 'administrator');
  for (const name of ['andi', 'dewi']) {
    const { staffId } = await addStaff(test.services, name, 'unit-member');
    await test.services.models.staff.updateOne({ _id: staffId }, { unitCode: 'dana-transfer-khusus' });
    consultants.push(staffId);
  }
});
afterAll(() => test.close());

/** Few days, few regions: most wishes meet somebody else's. */
const KINDS = ['visit', 'visit', 'visit', 'video-application', 'video-network'] as const;
const REGIONS = ['73.06', '73.06', '32.04', null] as const;
const HOURS = ['09:00', '09:00', '10:00', '10:00', '13:00', '14:00', '09:30', '15:00'] as const;
const OVERRIDES: readonly OverridableRule[][] = [
  [],
  [],
  ['region-limit'],
  ['lead-time'],
  ['lead-time', 'region-limit'],
];

const who = fc.nat(9);
const when = fc.record({
  day: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 3, max: 8 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 25 }) },
  ),
  hour: fc.constantFrom(...HOURS),
});
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('request' as const),
      kind: fc.constantFrom(...KINDS),
      region: fc.constantFrom(...REGIONS),
    }),
  },
  { weight: 12, arbitrary: fc.record({ act: fc.constantFrom('take' as const, 'hold' as const), who, when }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('confirm' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('book' as const),
      who,
      when,
      rules: fc.constantFrom(...OVERRIDES),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('cancel' as const, 'decline' as const, 'release' as const),
      who,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('guests' as const),
      who,
      count: fc.integer({ min: 1, max: 5 }),
      head: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('assign' as const), who, consultant: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('wait' as const), who, when }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('correct' as const),
      who,
      region: fc.constantFrom(...REGIONS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constantFrom('holiday' as const, 'close' as const), who, when }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('time' as const),
      minutes: fc.constantFrom(5, 20, 240, 1_440, 4_320),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('restart' as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** Two processes of the product on one database, and the time. */
interface World {
  processes: [ServiceContext, ServiceContext];
  ids: string[];
  now: Date;
  done: Record<string, number>;
}

describe('any sequence of requests, bookings, moves, ends, holidays and restarts, some at once over two processes', () => {
  it('breaks none of R-C3, R-C4, R-C5, R-B2, R-C1 and R-T4', { timeout: 300_000 }, async () => {
    const done: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { minLength: 15, maxLength: 30 }),
        async (chunks) => {
          const world = await freshWorld(done);
          for (const chunk of chunks) await run(world, chunk);
          await end(world);
        },
      ),
      { numRuns: 12 },
    );
    // It is no proof while nothing happens.
    const often = (...names: string[]): number => names.reduce((sum, name) => sum + (done[name] ?? 0), 0);
    for (const step of ['book', 'move', 'cancel', 'displace', 'session-taken']) {
      expect([step, often(step) > 0]).toEqual([step, true]);
    }
    expect(often('region-day-taken', 'region-month-full')).toBeGreaterThan(0);
  });
});

async function freshWorld(done: World['done']): Promise<World> {
  const { models, reference } = test.services;
  await models.appointments.deleteMany({});
  await models.closedSessions.deleteMany({});
  await models.nonWorkingDays.deleteMany({ decree: 'diuji' });
  await reference.reload();
  const processes: World['processes'] = [await startProcess(1), await startProcess(2)];
  const world: World = { processes, ids: [], now: MONDAY_MORNING, done };
  for (const region of [...REGIONS, ...REGIONS])
    world.ids.push((await readySample(processes[0], { region }))._id);
  return world;
}

async function startProcess(seed: number): Promise<ServiceContext> {
  const [, server = '', query = ''] = /^([^?]*\/\/[^/?]+)[^?]*(\?.*)?$/.exec(inject('mongoUri')) ?? [];
  const models = await connectModels(`${server}/${test.services.models.connection.name}${query}`);
  const newId = createIdGenerator(test.clock, seededRandom(seed + Math.floor(process.hrtime()[1])));
  return { ...test.services, models, newId, reference: await loadReferenceData(models) };
}

async function end({ processes }: World): Promise<void> {
  for (const { models } of processes) await models.connection.close();
}

/** All actions of a chunk at once, by turns in the two processes; then what must be true is checked. */
async function run(world: World, chunk: readonly Action[]): Promise<void> {
  const calendar = world.processes[0].reference.calendar;
  const before = await read();
  await Promise.all(chunk.map((one, index) => attempt(world, index % 2 === 0 ? 0 : 1, one)));
  for (const one of chunk) {
    if (one.act === 'restart') await restart(world);
    if (one.act === 'time') await pass(world, one.minutes);
    if (one.act === 'holiday' || one.act === 'close') await settleClosed(world);
  }
  const after = await read();
  countSteps(world, before, after);
  expectSound(after, world.now, calendar);
  expectAgreedInTime(before, after, calendar);
}

const read = (): Promise<Appointment[]> => test.services.models.appointments.find().lean();

async function restart(world: World): Promise<void> {
  await world.processes[1].models.connection.close();
  world.processes[1] = await startProcess(3);
}

async function pass(world: World, minutes: number): Promise<void> {
  world.now = new Date(world.now.getTime() + minutes * 60_000);
  const { now, processes } = world;
  await Promise.all(
    processes.map(async (context) => watchAppointments(context, () => Promise.resolve(), now)),
  );
}

async function settleClosed({ processes, now }: World): Promise<void> {
  for (const { reference } of processes) await reference.reload();
  await Promise.all(processes.map(async (context) => displaceClosed(context, now)));
  const [{ reference, models }] = processes;
  const closed = await models.closedSessions.find().lean();
  for (const { state, agreed } of await read()) {
    if (state !== 'scheduled' || !agreed || agreed.startsAt <= now) continue;
    expect(isWorkingDay(reference.calendar, agreed.startsAt)).toBe(true);
    expect(
      closed.some(({ startsAt, endsAt }) => startsAt <= agreed.startsAt && agreed.startsAt < endsAt),
    ).toBe(false);
  }
}

async function attempt(world: World, process: 0 | 1, one: Action): Promise<void> {
  try {
    await act(world, world.processes[process], one);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    world.done[error.code] = (world.done[error.code] ?? 0) + 1;
  }
}

let keys = 0;

/** Whom it is about, or the newest of them; ids are as many as there were requests. */
function targetOf({ ids }: World, who: number): string {
  return ids.at(-1 - (who % ids.length)) ?? '';
}

async function act(world: World, context: ServiceContext, one: Action): Promise<unknown> {
  const { now } = world;
  const id = 'who' in one ? targetOf(world, one.who) : '';
  const key = `step-${(keys += 1)}`;
  switch (one.act) {
    case 'request':
      return void world.ids.push(
        (await readySample(context, { kind: one.kind, region: one.region, now }))._id,
      );
    case 'confirm':
      return confirmSession(context, { id, by: USER, key, now });
    case 'cancel':
      return cancelAppointment(context, { id, by: USER, key, now });
    case 'decline':
      return declineAppointment(context, { id, actor: agent, reason: 'Alasan.', now });
    case 'release':
      return releaseHold(context, { id, now });
    case 'guests': {
      const guests = Array.from({ length: one.count }, (_, index) => ({
        ...{ name: `Tamu ${index}`, position: null, isHead: one.head && index === 0 },
      }));
      return nameGuests(context, { id, guests, by: USER, key, now });
    }
    case 'correct': {
      const found = await context.models.appointments.findById(id).lean();
      const profile = { regionCode: one.region };
      const number = found?.ticketNumber ?? '';
      return updateTicket(context, { number, actor: supervisor, profile, now });
    }
    case 'assign': {
      const consultantId = consultants[one.consultant] ?? null;
      return assignConsultant(context, { id, consultantId, actor: agent, now });
    }
    case 'time':
    case 'restart':
      return undefined;
    default:
      return actOnDay(context, id, one, now);
  }
}

async function actOnDay(
  context: ServiceContext,
  id: string,
  one: Extract<Action, { when: unknown }>,
  now: Date,
): Promise<unknown> {
  const date = workingDay(context.reference.calendar, now, one.when.day);
  const startsAt = wib(`${date}T${one.when.hour}`);
  switch (one.act) {
    case 'hold':
      return holdSession(context, { id, startsAt, now });
    case 'take':
      return take(context, id, startsAt, now);
    case 'book': {
      const override = { rules: one.rules, reason: 'Arahan.' };
      return bookSession(context, { id, startsAt, actor: supervisor, override, now });
    }
    case 'wait': {
      const to = dateAfter(now, one.when.day + 7);
      return joinWaitingList(context, { id, from: date, to, key: `wait-${(keys += 1)}`, now });
    }
    case 'holiday': {
      const day = await bookedDay(context, id, now);
      const holiday = { name: 'Libur', kind: 'national-holiday', decree: 'diuji' } as const;
      return saveHoliday(context, { actor: administrator, day: { _id: day ?? date, ...holiday }, now });
    }
    case 'close': {
      const day = await bookedDay(context, id, now);
      return closeSessions(context, { date: day ?? date, room: null, reason: 'Rapat', actor: agent, now });
    }
  }
}

/** The day on which most is upset. */
async function bookedDay({ models }: ServiceContext, id: string, now: Date): Promise<string | undefined> {
  const { agreed } = (await models.appointments.findById(id).lean()) ?? {};
  return agreed && agreed.startsAt > now ? local(agreed.startsAt).slice(0, 10) : undefined;
}

function dateAfter(now: Date, days: number): string {
  return new Date(now.getTime() + (7 * 60 + days * 1_440) * 60_000).toISOString().slice(0, 10);
}

/** The date so many working days later. */
function workingDay(calendar: WorkingCalendar, now: Date, days: number): string {
  let date = calendar.dateOf(now);
  for (let left = days; left > 0;) {
    date = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
    if (isWorkingDay(calendar, date)) left -= 1;
  }
  return date;
}

function countSteps({ done }: World, before: readonly Appointment[], after: readonly Appointment[]): void {
  const known = new Map(before.map(({ _id, thread }) => [_id, thread.length]));
  for (const { _id, thread } of after) {
    for (const { step } of thread.slice(known.get(_id) ?? 0)) done[step] = (done[step] ?? 0) + 1;
  }
}

interface Taken {
  id: string;
  startsAt: Date;
  endsAt: Date;
  room: string;
  limited: boolean;
  appointment: Appointment;
}

const STANDING = new Set(['planning', 'scheduled', 'under-way', 'over', 'done']);

/** Every time that somebody has, agreed or held. */
function takenTimes(all: readonly Appointment[], now: Date): Taken[] {
  return all.flatMap((appointment) => {
    const { _id: id, agreed, held, thread, state } = appointment;
    if (!STANDING.has(state)) return [];
    const agreeing = thread.findLast(({ step }) => step === 'book' || step === 'move');
    const limited = !agreeing?.overridden?.includes('region-limit');
    return [
      ...(agreed ? [{ ...agreed, id, limited, appointment }] : []),
      ...(held && held.until > now ? [{ ...held, id, limited: true, appointment }] : []),
    ];
  });
}

/** Seen from the times themselves, not from the claims that are to guard them. */
function expectSound(all: readonly Appointment[], now: Date, calendar: WorkingCalendar): void {
  const taken = takenTimes(all, now);
  const overlapping = taken.flatMap((one, index) =>
    taken
      .slice(index + 1)
      .filter((two) => two.id !== one.id && one.startsAt < two.endsAt && two.startsAt < one.endsAt)
      .map((two) => [one, two] as const),
  );
  for (const [one, two] of overlapping) {
    expect(one.room).not.toBe(two.room);
    expect([one, two].every(({ appointment }) => appointment.kind === 'visit')).toBe(false);
    const [first, second] = [one.appointment.consultantId, two.appointment.consultantId];
    if (first !== null) expect(first).not.toBe(second);
  }
  const visits = taken.filter(({ appointment }) => appointment.kind === 'visit');
  for (const { startsAt } of visits) {
    expect(['09:00', '10:00', '13:00', '14:00']).toContain(local(startsAt).slice(11));
  }
  expectRegionLimits(
    visits.filter(({ limited }) => limited),
    calendar,
  );
  for (const { kind, guests, state, claims = [] } of all) {
    if (kind === 'visit')
      expect(guests.length).toBeLessThanOrEqual(guests.some(({ isHead }) => isHead) ? 4 : 2);
    if (!STANDING.has(state)) expect(claims).toEqual([]);
  }
}

/** R-C4: an appointment whose agreed and held time lie in one month is one visit of it. */
function expectRegionLimits(visits: readonly Taken[], calendar: WorkingCalendar): void {
  const days = new Map<string, Set<string>>();
  const months = new Map<string, Set<string>>();
  for (const { id, startsAt, appointment } of visits) {
    if (appointment.regionCode === null) continue;
    const date = calendar.dateOf(startsAt);
    const add = (map: Map<string, Set<string>>, key: string): void =>
      void map.set(key, (map.get(key) ?? new Set()).add(id));
    add(days, `${appointment.regionCode} ${date}`);
    add(months, `${appointment.regionCode} ${date.slice(0, 7)}`);
  }
  for (const [day, ids] of days) expect([day, ids.size]).toEqual([day, 1]);
  for (const [month, ids] of months) expect([month, ids.size]).toEqual([month, Math.min(ids.size, 2)]);
}

/** R-T4, R-B2, R-C1, by the calendar in which it was agreed; days added since only move the earliest day further. */
function expectAgreedInTime(
  before: readonly Appointment[],
  after: readonly Appointment[],
  calendar: WorkingCalendar,
): void {
  const known = new Map(before.map(({ _id, thread }) => [_id, thread.length]));
  for (const appointment of after) {
    for (const { step, startsAt, overridden, at } of appointment.thread.slice(
      known.get(appointment._id) ?? 0,
    )) {
      if ((step !== 'book' && step !== 'move') || !startsAt) continue;
      expect(startsAt > at).toBe(true);
      expect(isWorkingDay(calendar, startsAt)).toBe(true);
      if (overridden?.includes('lead-time')) continue;
      expect(calendar.dateOf(startsAt) >= earliestDay(calendar, appointment, at)).toBe(true);
    }
  }
}

function local(instant: Date): string {
  return new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(0, 16);
}
