import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/services/service-context.js';
import { assignTicket } from '../../../src/services/tickets/assign-ticket.js';
import { claimTicket } from '../../../src/services/tickets/claim-ticket.js';
import { closeTicket } from '../../../src/services/tickets/close-ticket.js';
import type { DomainError } from '../../../src/shared/errors.js';
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
let receptionist: Actor;

beforeAll(async () => {
  test = await createTestServices();
  sari = await addStaff(test.services, 'sari', 'agent');
  budi = await addStaff(test.services, 'budi', 'agent');
  wati = await addStaff(test.services, 'wati', 'supervisor');
  receptionist = await addStaff(test.services, 'tono', 'receptionist');
});
afterAll(async () => {
  await test.close();
});

const auditOf = (subject: string) =>
  test.services.models.auditEntries.find({ subject }).sort({ _id: 1 }).lean();

describe('claiming a ticket', () => {
  it('gives it to exactly one of 20 agents who claim at once; the others are told that it is taken', async () => {
    const { number, _id } = await openSample(test.services);
    const agents = Array.from({ length: 20 }, (_, index) => ({
      staffId: `agent-${index}`,
      name: `Petugas ${index}`,
      roles: ['agent'],
    }));
    const results = await Promise.allSettled(
      agents.map((actor) => claimTicket(test.services, { number, actor, now })),
    );
    const winners = results.filter(({ status }) => status === 'fulfilled');
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as DomainError).code] : [],
    );
    expect(winners).toHaveLength(1);
    expect(refusals).toEqual(Array(19).fill('ticket-taken'));
    expect(
      await test.services.models.serviceEvents.countDocuments({ ticketId: _id, name: 'ticket-claimed' }),
    ).toBe(1);
    expect(await auditOf(number)).toHaveLength(1);
  });

  it('is work in progress from then on, and claiming it again changes nothing', async () => {
    const { number } = await openSample(test.services);
    const claimed = await claimTicket(test.services, { number, actor: sari, now });
    expect(claimed).toMatchObject({
      status: 'in-progress',
      assigneeId: sari.staffId,
      assigneeName: sari.name,
    });
    const later = new Date(now.getTime() + 60_000);
    expect(await claimTicket(test.services, { number, actor: sari, now: later })).toEqual(claimed);
    expect((await auditOf(number)).map(({ action, actorId }) => [action, actorId])).toEqual([
      ['ticket.claim', sari.staffId],
    ]);
  });

  it('is for agents and supervisors, of open tickets that exist', async () => {
    const { number } = await openSample(test.services);
    const claim = (actor: Actor, what = number) => claimTicket(test.services, { number: what, actor, now });
    await expect(claim(receptionist)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(claim(sari, 'DJPK-2026-999999')).rejects.toMatchObject({ code: 'not-found' });
    await closeTicket(test.services, { number, actor: sari, reason: 'Ganda', now });
    await expect(claim(sari)).rejects.toMatchObject({ code: 'ticket-closed' });
  });
});

describe('assigning a ticket', () => {
  it('lets a supervisor give it to an agent, also away from another', async () => {
    const { number } = await openSample(test.services);
    const assign = (staffId: string) => assignTicket(test.services, { number, actor: wati, staffId, now });
    expect(await assign(sari.staffId)).toMatchObject({ status: 'in-progress', assigneeName: sari.name });
    expect(await assign(budi.staffId)).toMatchObject({ assigneeId: budi.staffId, assigneeName: budi.name });
    expect((await auditOf(number)).map(({ details }) => details)).toEqual([
      { staffId: sari.staffId },
      { staffId: budi.staffId },
    ]);
  });

  it('keeps waiting for the user when it changes hands', async () => {
    const { number, _id } = await openSample(test.services);
    await test.services.models.tickets.updateOne({ _id }, { $set: { status: 'waiting-user' } });
    const assigned = await assignTicket(test.services, { number, actor: wati, staffId: sari.staffId, now });
    expect(assigned.status).toBe('waiting-user');
  });

  it('lets an agent take what is free, not what a colleague has, and give nothing to others', async () => {
    const { number } = await openSample(test.services);
    const assign = (actor: Actor, staffId: string) =>
      assignTicket(test.services, { number, actor, staffId, now });
    await expect(assign(sari, budi.staffId)).rejects.toMatchObject({ code: 'not-allowed' });
    await assign(sari, sari.staffId);
    await expect(assign(budi, budi.staffId)).rejects.toMatchObject({ code: 'ticket-taken' });
  });

  it('refuses an assignee who is unknown, inactive or answers no tickets', async () => {
    const { number } = await openSample(test.services);
    const gone = await addStaff(test.services, 'gita', 'agent');
    await test.services.models.staff.updateOne({ _id: gone.staffId }, { $set: { active: false } });
    for (const staffId of ['nobody', gone.staffId, receptionist.staffId]) {
      await expect(assignTicket(test.services, { number, actor: wati, staffId, now })).rejects.toMatchObject({
        code: 'invalid-input',
        params: { field: 'staffId' },
      });
    }
  });
});
