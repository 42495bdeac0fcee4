import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import { visitCode } from '../../../src/services/appointments/visit-code.js';
import { findVisits } from '../../../src/services/reception/find-visits.js';
import { listDay } from '../../../src/services/reception/list-day.js';
import { recordUnscheduled } from '../../../src/services/reception/record-unscheduled.js';
import { takeVisitStep } from '../../../src/services/reception/take-visit-step.js';
import { outcome } from '../../support/escalations.js';
import { addStaff, createTestServices, type TestServices } from '../../support/services.js';
import { addVisit, NINE, onThursday } from '../../support/visits.js';

const FRIDAY = new Date('2026-03-06T09:00:00+07:00');
const YESTERDAY = new Date('2026-03-04T09:00:00+07:00');
const agency = (name: string, asker: string) => ({ name: asker, agency: name, regionName: 'Kabupaten Gowa' });

let test: TestServices;
let nine: Appointment;
let ten: Appointment;
let friday: Appointment;
let yesterday: Appointment;

beforeAll(async () => {
  test = await createTestServices();
  const { services } = test;
  const who = agency('BPKAD Kabupaten Gowa', 'Sari Contoh');
  ten = await addVisit(services, {
    startsAt: onThursday('10:00'),
    who: agency('Dinas Contoh', 'Putu Contoh'),
  });
  nine = await addVisit(services, { who });
  friday = await addVisit(services, { startsAt: FRIDAY, who });
  yesterday = await addVisit(services, { startsAt: YESTERDAY, who });
  await addVisit(services, { startsAt: onThursday('13:00'), state: 'cancelled' });
  await addVisit(services, { startsAt: onThursday('14:00'), kind: 'video-application' });
  const actor = await addStaff(services, 'rara', 'receptionist');
  const request = { step: 'arrive' as const, guestCards: ['4'] };
  await takeVisitStep(services, { id: nine._id, request, actor, now: onThursday('08:50') });
});
afterAll(() => test.close());

async function found(q: string): Promise<string[]> {
  return (await findVisits(test.services, { q, now: NINE })).map(({ id }) => id);
}

describe('the list of a day (R-C7)', () => {
  it('has the visits of that day in WIB, in their order, with how they stand', async () => {
    const list = await listDay(test.services, { date: '2026-03-05', now: onThursday('10:00') });
    expect(list.map(({ id, phase }) => [id, phase])).toEqual([
      [nine._id, 'arrived'],
      [ten._id, 'expected'],
    ]);
    expect(list[0]).toMatchObject({
      ...{ guests: ['Sari Contoh', 'Budi Contoh'], guestCard: '4', present: 0 },
      visitClock: { minutes: 70, late: true },
      agreed: { room: { name: 'Ruang VC lantai 3' } },
    });
  });

  it('is refused for what is no date', async () => {
    expect(await outcome(listDay(test.services, { date: '2026-02-30', now: NINE }))).toBe('invalid-input');
  });
});

describe('looking for a visit', () => {
  it('finds it by its code as scanned or typed, however it stands', async () => {
    const code = visitCode(test.services, yesterday);
    expect(await found(code)).toEqual([yesterday._id]);
    expect(await found(` ${code.toLowerCase().replaceAll('-', ' ')}`)).toEqual([yesterday._id]);
    expect(await found(`${code.slice(0, -1)}${code.endsWith('Z') ? 'Y' : 'Z'}`)).toEqual([]);
  });

  it('finds it by ticket number', async () => {
    expect(await found(friday.ticketNumber.toLowerCase())).toEqual([friday._id]);
  });

  it('finds those of today and to come by the beginnings of names, agency and region', async () => {
    expect(await found('sari')).toEqual([nine._id, ten._id, friday._id]);
    expect(await found('bpkad gow')).toEqual([nine._id, friday._id]);
    expect(await found('putu')).toEqual([ten._id]);
    expect(await found('dinas budi')).toEqual([ten._id]);
    expect(await found('entah')).toEqual([]);
    expect(await found('  ')).toEqual([]);
  });
});

describe('somebody without a schedule (R-C2)', () => {
  it('is counted once a press, and nothing of the person is kept', async () => {
    const { services } = test;
    const actor = { staffId: 'staff-rara', name: 'rara Contoh', roles: ['receptionist'] };
    const come = (key: string, now = NINE) => recordUnscheduled(services, { actor, key, now });
    expect(await come('satu')).toEqual({ today: 1 });
    expect(await come('satu')).toEqual({ today: 1 });
    expect(await come('dua')).toEqual({ today: 2 });
    expect(await come('tiga', FRIDAY)).toEqual({ today: 1 });
    const facts = await services.models.serviceEvents.find({ name: 'visitor-unscheduled' }).lean();
    expect(facts.map(({ facts: kept }) => kept)).toEqual([{}, {}, {}]);
    expect(await services.models.auditEntries.countDocuments({ action: 'reception.unscheduled' })).toBe(3);
  });
});
