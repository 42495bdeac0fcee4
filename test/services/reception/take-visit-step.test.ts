import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Appointment, VisitRecord } from '../../../src/models/appointment.js';
import { takeVisitStep, type VisitStepRequest } from '../../../src/services/reception/take-visit-step.js';
import type { Actor } from '../../../src/services/service-context.js';
import { PNG, JPEG } from '../../support/files.js';
import { outcome } from '../../support/escalations.js';
import { addStaff, createTestServices, type TestServices } from '../../support/services.js';
import { addVisit, NINE, onThursday, VISIT_ROOM } from '../../support/visits.js';

const UNIT = 'dana-transfer-khusus';
const ARRIVED: VisitRecord = {
  ...{ arrivedAt: onThursday('08:50'), guestCard: '7', room: VISIT_ROOM, calledAt: null, metAt: null },
  ...{ attendance: [], travelOrders: [], handedOverAt: null, leftAt: null },
};
const HERE = { guestId: 'g1', signature: 'paper' as const, signatureFileId: null, at: NINE };
const REPORT = {
  answer: 'Jawaban contoh.',
  legalBasis: [],
  recordingUrl: null,
  byId: 'staff-andi',
  at: NINE,
};
const ORDER = { guestId: 'g1', number: 'SPD-1', checkedById: 'x', signedById: null, signedAt: null };

/** A visit in every phase, complete for whatever may follow. */
const PHASES = {
  expected: {},
  arrived: { state: 'under-way', visit: { ...ARRIVED, attendance: [HERE], travelOrders: [ORDER] } },
  called: {
    state: 'under-way',
    visit: { ...ARRIVED, calledAt: NINE, attendance: [HERE], travelOrders: [ORDER] },
  },
  met: {
    ...{ state: 'done', report: REPORT },
    visit: { ...ARRIVED, metAt: NINE, attendance: [HERE], travelOrders: [ORDER] },
  },
  'handed-over': {
    ...{ state: 'done', report: REPORT },
    visit: { ...ARRIVED, metAt: NINE, attendance: [HERE], handedOverAt: NINE },
  },
  left: { state: 'done', report: REPORT, visit: { ...ARRIVED, metAt: NINE, leftAt: NINE } },
  planning: { state: 'planning', agreed: null },
  cancelled: { state: 'cancelled' },
  'no-show': { state: 'no-show' },
} satisfies Record<string, Partial<Appointment>>;
type Phase = keyof typeof PHASES;

const REQUESTS: Record<string, VisitStepRequest> = {
  arrive: { step: 'arrive', guestCards: ['12'] },
  call: { step: 'call' },
  meet: { step: 'meet' },
  attendance: { step: 'attendance', guestId: 'g2', signature: 'paper' },
  'check-travel-orders': {
    step: 'check-travel-orders',
    orders: [{ guestId: 'g1', number: 'SPD-2' }],
  },
  'sign-travel-orders': { step: 'sign-travel-orders', orders: [{ guestId: 'g1', number: 'SPD-1' }] },
  leave: { step: 'leave' },
};

/** Where each step is taken; from everywhere else it is refused. Written down here apart from the rules. */
const TAKEN: Record<string, readonly Phase[]> = {
  arrive: ['expected', 'arrived'],
  call: ['arrived', 'called'],
  meet: ['arrived', 'called'],
  attendance: ['arrived', 'called', 'met'],
  'check-travel-orders': ['arrived', 'called', 'met'],
  'sign-travel-orders': ['met'],
  leave: ['arrived', 'called', 'met', 'handed-over'],
};

let test: TestServices;
let reception: Actor;
let supervisor: Actor;
let member: Actor;
let stranger: Actor;

beforeAll(async () => {
  test = await createTestServices();
  const { services } = test;
  reception = await addStaff(services, 'rara', 'receptionist');
  supervisor = await addStaff(services, 'sinta', 'supervisor');
  member = await addStaff(services, 'andi', 'unit-member');
  stranger = await addStaff(services, 'joko', 'unit-member');
  await services.models.staff.updateOne({ _id: member.staffId }, { $set: { unitCode: UNIT } });
});
afterAll(() => test.close());
beforeEach(() => test.services.models.appointments.deleteMany({}));

function take(
  { _id: id }: Appointment,
  request: VisitStepRequest,
  { actor = supervisor, now = NINE, key }: { actor?: Actor; now?: Date; key?: string } = {},
): Promise<Appointment> {
  return takeVisitStep(test.services, { id, request, actor, now, key });
}

const stored = ({ _id }: Appointment): Promise<Appointment | null> =>
  test.services.models.appointments.findById(_id).lean();

describe('the steps of a visit (R-C8)', () => {
  describe.each(Object.keys(REQUESTS))('%s', (name) => {
    it.each(Object.keys(PHASES) as Phase[])('from %s', async (phase) => {
      const visit = await addVisit(test.services, PHASES[phase]);
      const result = await outcome(take(visit, REQUESTS[name]!));
      expect(result).toBe(TAKEN[name]!.includes(phase) ? 'done' : 'step-not-possible');
      expect((await stored(visit))?.version).toBe(result === 'done' ? 2 : 1);
    });
  });

  it.each([
    ['receptionist', ['arrive', 'call', 'meet', 'attendance', 'check-travel-orders', 'leave']],
    ['supervisor', Object.keys(REQUESTS)],
    ['member of the unit', ['meet']],
    ['member of another unit', []],
    ['agent', []],
  ])('are for the %s: %j', async (who, wanted) => {
    const agent: Actor = { staffId: 'staff-agen', name: 'Agen Contoh', roles: ['agent'] };
    const actors: Record<string, Actor> = {
      ...{ receptionist: reception, supervisor, agent, 'member of the unit': member },
      'member of another unit': stranger,
    };
    const taken: string[] = [];
    for (const [name, request] of Object.entries(REQUESTS)) {
      await test.services.models.appointments.deleteMany({});
      const visit = await addVisit(test.services, PHASES[TAKEN[name]![0]!]);
      const result = await outcome(take(visit, request, { actor: actors[who]! }));
      expect(['done', 'not-allowed'], name).toContain(result);
      if (result === 'done') taken.push(name);
    }
    expect(taken).toEqual(wanted);
  });

  it('are for visits: a video conference has none', async () => {
    const video = await addVisit(test.services, { kind: 'video-application' });
    expect(await outcome(take(video, { step: 'arrive', guestCards: ['1'] }))).toBe('not-found');
  });

  it('lead through a whole visit, each in its history with who took it', async () => {
    const visit = await addVisit(test.services);
    const at = (time: string) => ({ actor: reception, now: onThursday(time) });
    await take(visit, { step: 'arrive', guestCards: ['12', '13'] }, at('08:45'));
    await take(visit, { step: 'call' }, at('08:50'));
    await take(visit, { step: 'meet' }, { actor: member, now: onThursday('08:58') });
    for (const guestId of ['g1', 'g2'])
      await take(visit, { step: 'attendance', guestId, signature: 'paper' }, at('09:00'));
    const orders = [
      { guestId: 'g1', number: 'SPD-1' },
      { guestId: 'g2', number: 'SPD-2' },
    ];
    await take(visit, { step: 'check-travel-orders', orders }, at('09:20'));
    await take(visit, { step: 'sign-travel-orders', orders });
    await test.services.models.appointments.updateOne({ _id: visit._id }, { $set: { report: REPORT } });
    await take(visit, { step: 'hand-over' }, at('09:40'));
    const after = await take(visit, { step: 'leave' }, at('09:45'));
    expect(after.visit).toMatchObject({
      ...{ arrivedAt: onThursday('08:45'), guestCard: '12, 13', room: VISIT_ROOM },
      ...{ calledAt: onThursday('08:50'), metAt: onThursday('08:58'), leftAt: onThursday('09:45') },
    });
    expect(after.thread.map(({ step, byName }) => `${step} ${byName.split(' ')[0] ?? ''}`)).toEqual([
      ...['arrive rara', 'call rara', 'meet andi', 'attendance rara', 'attendance rara'],
      ...['check-travel-orders rara', 'sign-travel-orders sinta', 'hand-over rara', 'leave rara'],
    ]);
  });

  it('happen once under one key', async () => {
    const visit = await addVisit(test.services, PHASES.arrived);
    for (let press = 0; press < 3; press += 1) await take(visit, { step: 'call' }, { key: 'tekan-1' });
    expect((await stored(visit))?.thread).toHaveLength(1);
    await take(visit, { step: 'call' }, { key: 'tekan-2', now: onThursday('09:15') });
    const again = await stored(visit);
    expect(again?.thread).toHaveLength(2);
    expect(again?.visit?.calledAt).toEqual(NINE);
    // Also where the step would not be possible a second time.
    for (let press = 0; press < 2; press += 1) await take(visit, { step: 'meet' }, { key: 'tekan-3' });
    expect((await stored(visit))?.thread).toHaveLength(3);
  });
});

describe('coming in (R-C2)', () => {
  it.each([
    ['08:29', 'visit-outside-time'],
    ['08:30', 'done'],
    ['09:59', 'done'],
    ['10:00', 'visit-outside-time'],
  ])('at %s for the session at 09.00: %s', async (time, wanted) => {
    const visit = await addVisit(test.services);
    const result = take(visit, { step: 'arrive', guestCards: ['1'] }, { now: onThursday(time) });
    expect(await outcome(result)).toBe(wanted);
  });

  it.each([
    ['the day before', '2026-03-04T09:00:00+07:00'],
    ['the day after', '2026-03-06T09:00:00+07:00'],
  ])('is refused on %s', async (_day, now) => {
    const visit = await addVisit(test.services);
    const result = take(visit, { step: 'arrive', guestCards: ['1'] }, { now: new Date(now) });
    expect(await outcome(result)).toBe('visit-outside-time');
    expect(await stored(visit)).toMatchObject({ state: 'scheduled', visit: null });
  });

  it('keeps the number of the guest card, and of the identity card nothing', async () => {
    const visit = await addVisit(test.services);
    const { visit: record, state } = await take(visit, { step: 'arrive', guestCards: [' a-7 '] });
    expect(state).toBe('under-way');
    expect(Object.keys(record ?? {}).sort()).toEqual(
      [
        ...['arrivedAt', 'attendance', 'calledAt', 'guestCard', 'handedOverAt'],
        ...['leftAt', 'metAt', 'room', 'travelOrders'],
      ].sort(),
    );
    expect(record?.guestCard).toBe('A-7');
  });

  it.each([[[]], [['']], [['1', '1']], [['1', '2', '3', '4', '5']], [['7; drop']], [['KARTU-TAMU-1234']]])(
    'wants a guest card with a number: %j is refused',
    async (guestCards) => {
      const visit = await addVisit(test.services);
      expect(await outcome(take(visit, { step: 'arrive', guestCards }))).toBe('invalid-input');
    },
  );

  it('lets a wrong card be put right while it keeps the time of arrival', async () => {
    const visit = await addVisit(test.services);
    await take(visit, { step: 'arrive', guestCards: ['1'] }, { now: onThursday('08:40') });
    const { visit: record } = await take(visit, { step: 'arrive', guestCards: ['2'] });
    expect(record).toMatchObject({ guestCard: '2', arrivedAt: onThursday('08:40') });
    const other = await addVisit(test.services, { startsAt: onThursday('10:00') });
    const free = take(other, { step: 'arrive', guestCards: ['1'] }, { now: onThursday('09:40') });
    expect(await outcome(free)).toBe('done');
  });
});

describe('a guest card', () => {
  it('is out once at a time on a day, and free again when it is back', async () => {
    const first = await addVisit(test.services);
    const second = await addVisit(test.services, { startsAt: onThursday('10:00') });
    await take(first, { step: 'arrive', guestCards: ['12'] });
    const now = onThursday('09:45');
    const twice = take(second, { step: 'arrive', guestCards: ['11', '12'] }, { now });
    expect(await outcome(twice)).toBe('guest-card-out');
    expect(await stored(second)).toMatchObject({ state: 'scheduled', visit: null });
    await take(first, { step: 'leave' }, { now });
    expect(await outcome(take(second, { step: 'arrive', guestCards: ['12'] }, { now }))).toBe('done');
    expect((await stored(first))?.claims).toEqual(first.claims);
  });

  it('that was not given back yesterday does not stop today', async () => {
    const yesterday = new Date('2026-03-04T09:00:00+07:00');
    const old = await addVisit(test.services, { startsAt: yesterday });
    await take(old, { step: 'arrive', guestCards: ['12'] }, { now: yesterday });
    const today = await addVisit(test.services);
    expect(await outcome(take(today, { step: 'arrive', guestCards: ['12'] }))).toBe('done');
  });

  it('goes to one of many that are let in with it at once', async () => {
    const sessions = ['08:40', '08:45', '08:50', '08:55', '09:05'];
    const visits = [];
    // Claims of rooms would refuse such sessions; this is about the cards alone.
    for (const time of sessions)
      visits.push(await addVisit(test.services, { startsAt: onThursday(time), claims: [] }));
    const results = await Promise.all(
      visits.map((visit) => outcome(take(visit, { step: 'arrive', guestCards: ['9'] }))),
    );
    expect(results.toSorted()).toEqual(['done', ...Array<string>(4).fill('guest-card-out')]);
  });
});

describe('the room', () => {
  it('may be another one that takes visits and is free', async () => {
    const { services } = test;
    vi.spyOn(services.reference, 'rooms', 'get').mockReturnValue([
      { code: 'ruang-2', name: 'Ruang Contoh 2', kinds: ['visit'], active: true },
    ]);
    const visit = await addVisit(services);
    const after = await take(visit, { step: 'arrive', guestCards: ['1'], room: 'ruang-2' });
    expect([after.visit?.room, after.agreed?.room]).toEqual(['ruang-2', 'ruang-2']);
    const taken = ['room:ruang-2:2026-03-05T09:00', 'room:ruang-2:2026-03-05T09:30'];
    expect(after.claims?.filter((claim) => claim.startsWith('room:'))).toEqual(taken);
    const other = await addVisit(services, { claims: ['room:vc-lantai-3:2026-03-05T09:30'] });
    const both = take(other, { step: 'arrive', guestCards: ['2'], room: 'ruang-2' });
    expect(await outcome(both)).toBe('session-taken');
    vi.restoreAllMocks();
  });

  it('is none for conferences, and none that nobody knows', async () => {
    for (const room of ['teams-1', 'ruang-entah']) {
      const visit = await addVisit(test.services, { startsAt: NINE });
      expect(await outcome(take(visit, { step: 'arrive', guestCards: ['1'], room }))).toBe('invalid-input');
      await test.services.models.appointments.deleteMany({});
    }
  });
});

describe('the attendance list (R-C9)', () => {
  const sign = (image: Buffer) => ({
    ...{ step: 'attendance' as const, guestId: 'g1', signature: 'screen' as const },
    image: image.toString('base64'),
  });

  it('keeps a signature of the screen as a file of no conversation', async () => {
    const visit = await addVisit(test.services, PHASES.arrived);
    const { visit: record } = await take(visit, sign(PNG));
    const [signed] = record?.attendance ?? [];
    const file = await test.services.models.files.findById(signed?.signatureFileId).lean();
    expect(file).toMatchObject({ mimeType: 'image/png', size: PNG.length, conversationId: null });
  });

  it.each([
    ['another kind of picture', JPEG, 'file-type-refused'],
    [
      'what only begins like one',
      Buffer.concat([PNG.subarray(0, 8), Buffer.from('x')]),
      'file-name-mismatch',
    ],
    ['nothing', Buffer.alloc(0), 'file-type-refused'],
    ['more than 100 kB', Buffer.concat([PNG, Buffer.alloc(100_000)]), 'file-too-large'],
  ])('refuses %s as a signature', async (_what, image, wanted) => {
    const visit = await addVisit(test.services, PHASES.arrived);
    expect(await outcome(take(visit, sign(image)))).toBe(wanted);
    expect((await stored(visit))?.version).toBe(1);
  });

  it('has a guest once, however often they sign, and not who was put there by mistake', async () => {
    const visit = await addVisit(test.services, { ...PHASES.arrived, visit: ARRIVED });
    await take(visit, { step: 'attendance', guestId: 'g1', signature: 'paper' });
    await take(visit, sign(PNG));
    expect((await stored(visit))?.visit?.attendance).toMatchObject([{ guestId: 'g1', signature: 'screen' }]);
    await take(visit, { step: 'attendance', guestId: 'g1', signature: 'absent' });
    expect((await stored(visit))?.visit?.attendance).toEqual([]);
    const nobody = take(visit, { step: 'attendance', guestId: 'g9', signature: 'paper' });
    expect(await outcome(nobody)).toBe('invalid-input');
  });

  it('keeps whoever has an SPPD', async () => {
    const visit = await addVisit(test.services, PHASES.arrived);
    const absent = take(visit, { step: 'attendance', guestId: 'g1', signature: 'absent' });
    expect(await outcome(absent)).toBe('step-not-possible');
  });
});

describe('SPPD (R-C5, R-C8)', () => {
  const met = { ...PHASES.met, visit: { ...PHASES.met.visit, travelOrders: [] } };
  const check = (...orders: { guestId: string; number: string }[]) => ({
    ...{ step: 'check-travel-orders' as const, orders },
  });

  it.each([
    ['a guest who is not here', [{ guestId: 'g2', number: 'SPD-2' }]],
    ['two for one guest', ['SPD-1', 'SPD-2'].map((number) => ({ guestId: 'g1', number }))],
  ])('are refused for %s: there are as many as guests present', async (_why, orders) => {
    const visit = await addVisit(test.services, met);
    expect(await outcome(take(visit, check(...orders)))).toBe('travel-order-without-guest');
  });

  it('have a number each', async () => {
    const attendance = [HERE, { ...HERE, guestId: 'g2' }];
    const visit = await addVisit(test.services, { ...met, visit: { ...met.visit, attendance } });
    const same = check({ guestId: 'g1', number: 'SPD-1' }, { guestId: 'g2', number: 'spd-1' });
    expect(await outcome(take(visit, same))).toBe('travel-order-without-guest');
    const each = check({ guestId: 'g1', number: 'SPD-1' }, { guestId: 'g2', number: 'SPD-2' });
    expect(await outcome(take(visit, each))).toBe('done');
  });

  it('are signed as the supervisor saw them, and not again', async () => {
    const visit = await addVisit(test.services, met);
    await take(visit, check({ guestId: 'g1', number: 'SPD-1' }));
    const sign = (number: string) =>
      take(visit, { step: 'sign-travel-orders', orders: [{ guestId: 'g1', number }] });
    expect(await outcome(sign('SPD-9'))).toBe('appointment-changed');
    const { visit: record } = await sign('SPD-1');
    expect(record?.travelOrders).toMatchObject([{ number: 'SPD-1', signedById: supervisor.staffId }]);
    expect(await outcome(sign('SPD-1'))).toBe('step-not-possible');
    // What is signed stays: a second one for the same guest is one too many.
    const more = check({ guestId: 'g1', number: 'SPD-3' });
    expect(await outcome(take(visit, more))).toBe('travel-order-without-guest');
  });
});

describe('handing over (R-C8)', () => {
  const signed = { ...ORDER, signedById: 'x', signedAt: NINE };
  const ready = { ...PHASES.met, visit: { ...PHASES.met.visit, travelOrders: [signed] } };

  it.each([
    ['everything is there', {}, 'done'],
    ['the BAK is not written', { report: null }, 'report-missing'],
    ['nobody is on the attendance list', { visit: { ...ready.visit, attendance: [] } }, 'attendance-missing'],
    ['an SPPD is not signed', { visit: { ...ready.visit, travelOrders: [ORDER] } }, 'travel-order-unsigned'],
  ])('when %s: %s', async (_case, more, wanted) => {
    const visit = await addVisit(test.services, { ...ready, ...more });
    expect(await outcome(take(visit, { step: 'hand-over' }, { actor: reception }))).toBe(wanted);
  });

  it.each((Object.keys(PHASES) as Phase[]).filter((phase) => phase !== 'met'))(
    'is refused from %s',
    async (phase) => {
      const visit = await addVisit(test.services, PHASES[phase]);
      expect(await outcome(take(visit, { step: 'hand-over' }))).toBe('step-not-possible');
    },
  );

  it('is the reception’s, and not the unit’s', async () => {
    const visit = await addVisit(test.services, ready);
    expect(await outcome(take(visit, { step: 'hand-over' }, { actor: member }))).toBe('not-allowed');
  });
});
