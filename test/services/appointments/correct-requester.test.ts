import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import { bookSession } from '../../../src/services/appointments/book-session.js';
import { changeAppointment } from '../../../src/services/appointments/change-appointment.js';
import { holdSession } from '../../../src/services/appointments/hold-session.js';
import type { Actor } from '../../../src/services/service-context.js';
import { updateTicket, type UpdateTicketInput } from '../../../src/services/tickets/update-ticket.js';
import { readySample, take, wib } from '../../support/appointments.js';
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
beforeEach(() => test.services.models.appointments.deleteMany({}));

const now = MONDAY_MORNING;
const [GOWA, BANDUNG] = ['73.06', '32.04'];

const correct = ({ ticketNumber: number }: Appointment, profile: UpdateTicketInput['profile']) =>
  updateTicket(test.services, { number, actor: agent, profile, now });
const visit = (region: string | null): Promise<Appointment> => readySample(test.services, { region });
const stored = async ({ _id }: Appointment): Promise<Appointment> =>
  (await test.services.models.appointments.findById(_id).lean())!;
const regionClaims = ({ claims = [] }: Appointment): string[] =>
  claims.filter((claim) => claim.startsWith('region:')).sort();

/** A visit of the region at nine on that day. */
async function taken(region: string | null, date: string): Promise<Appointment> {
  return take(test.services, (await visit(region))._id, wib(`${date}T09:00`));
}

describe('a correction of who asks for a visit', () => {
  it('moves what it takes up from the old region to the new one, agreed and held (R-C4)', async () => {
    const one = await taken(GOWA, '2026-03-10');
    await holdSession(test.services, { id: one._id, startsAt: wib('2026-04-07T09:00'), now });
    await taken(BANDUNG, '2026-03-11');
    await correct(one, { regionCode: BANDUNG, agency: 'BKAD Kabupaten Bandung', name: 'Sari Contoh Baru' });
    const after = await stored(one);
    expect(after).toMatchObject({
      regionCode: BANDUNG,
      who: { name: 'Sari Contoh Baru', agency: 'BKAD Kabupaten Bandung' },
    });
    expect(after.who.regionName).toContain('Bandung');
    expect(regionClaims(after)).toEqual([
      ...[`region:${BANDUNG}:2026-03#2`, `region:${BANDUNG}:2026-03-10`],
      ...[`region:${BANDUNG}:2026-04#1`, `region:${BANDUNG}:2026-04-07`],
    ]);
    expect(after.claims).toContain('visit:2026-03-10T09:00');
    // The old region has its two visits of the month back, the new one has none left.
    await taken(GOWA, '2026-03-12');
    await taken(GOWA, '2026-03-13');
    expect(await outcome(taken(BANDUNG, '2026-03-16'))).toBe('region-month-full');
  });

  it('is refused where the new region has no place left, and then changes nothing (R-C4)', async () => {
    const one = await taken(GOWA, '2026-03-10');
    const other = await readySample(test.services, { region: BANDUNG });
    await take(test.services, other._id, wib('2026-03-10T10:00'));
    expect(await outcome(correct(one, { regionCode: BANDUNG }))).toBe('region-day-taken');
    await take(test.services, other._id, wib('2026-03-11T10:00'));
    await taken(BANDUNG, '2026-03-12');
    expect(await outcome(correct(one, { regionCode: BANDUNG }))).toBe('region-month-full');
    expect(await stored(one)).toMatchObject({ regionCode: GOWA, claims: one.claims });
    const ticket = await test.services.models.tickets.findById(one.ticketId).lean();
    expect(ticket?.profile.regionCode).toBe(GOWA);
  });

  it('gives two corrections at once no more than the places there are (R-C4)', async () => {
    const days = ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'];
    const visits: Appointment[] = [];
    for (const [index, day] of days.entries()) visits.push(await taken(`R${index}`, day));
    const results = await Promise.all(visits.map((one) => outcome(correct(one, { regionCode: BANDUNG }))));
    expect(results.filter((result) => result === 'region-month-full')).toHaveLength(2);
    const months = await test.services.models.appointments.distinct('claims', { regionCode: BANDUNG });
    expect(months.filter((claim) => claim.includes('#'))).toHaveLength(2);
  });

  it('counts a region that was unknown, and leaves what a supervisor set aside', async () => {
    const unknown = await taken(null, '2026-03-10');
    expect(regionClaims(unknown)).toEqual([]);
    await correct(unknown, { regionCode: BANDUNG });
    expect(regionClaims(await stored(unknown))).toHaveLength(2);
    await correct(unknown, { regionCode: null });
    expect(regionClaims(await stored(unknown))).toEqual([]);
    const { _id: id } = await visit(GOWA);
    const override = { rules: ['region-limit' as const], reason: 'Arahan.' };
    const startsAt = wib('2026-03-11T09:00');
    const free = await bookSession(test.services, { id, startsAt, actor: supervisor, override, now });
    await correct(free, { regionCode: BANDUNG });
    expect(regionClaims(await stored(free))).toEqual([]);
  });

  it('is taken all the same once the guests are here', async () => {
    const one = await taken(GOWA, '2026-03-10');
    await changeAppointment(test.services, {
      ...{ id: one._id, by: { kind: 'product' }, now },
      decide: () => ({ entry: { step: 'arrive' }, set: { state: 'under-way' } }),
    });
    const other = await visit(BANDUNG);
    await take(test.services, other._id, wib('2026-03-10T10:00'));
    await correct(one, { regionCode: BANDUNG });
    expect(await stored(one)).toMatchObject({ regionCode: BANDUNG });
    expect(regionClaims(await stored(one))).toEqual([]);
  });
});
