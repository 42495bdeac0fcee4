import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ticket } from '../../../src/models/ticket.js';
import type { Actor } from '../../../src/services/service-context.js';
import { openFile } from '../../../src/services/files/open-file.js';
import { findMinutesByCode, findTicketMinutes } from '../../../src/services/minutes/find-minutes.js';
import { issueMinutes } from '../../../src/services/minutes/issue-minutes.js';
import { listMinutes } from '../../../src/services/minutes/list-minutes.js';
import { getTicket } from '../../../src/services/tickets/get-ticket.js';
import { resolveTicket } from '../../../src/services/tickets/resolve-ticket.js';
import { ticketOutcome } from '../../../src/services/tickets/ticket-outcome.js';
import {
  addStaff,
  createTestServices,
  MONDAY_MORNING as now,
  type TestServices,
} from '../../support/services.js';
import { openSample } from '../../support/tickets.js';

let test: TestServices;
let sari: Actor;
beforeAll(async () => {
  test = await createTestServices();
  sari = await addStaff(test.services, 'sari', 'agent');
});
afterAll(async () => {
  await test.close();
});

async function resolved(at = now, input: Parameters<typeof openSample>[1] = {}): Promise<Ticket> {
  const { number } = await openSample(test.services, input);
  return resolveTicket(test.services, {
    number,
    actor: sari,
    answer: 'Ya.',
    legalBasis: ['PMK 25/2024'],
    now: at,
  });
}
const issue = (ticketId: string, at = now) => issueMinutes(test.services, { ticketId, now: at });

describe('issuing the BAK of a ticket (R-A6)', () => {
  it('gives it a number of the register, a PDF in the conversation, hashes and a code for checking', async () => {
    const ticket = await resolved();
    const { minutes, file } = await issue(ticket._id);
    expect(minutes).toMatchObject({
      ...{ number: 'BAK-000001/DJPK/2026', revision: 0, ticketNumber: ticket.number },
      ...{ issuedAt: now, officerName: sari.name, fileId: file.fileId },
    });
    expect(file).toMatchObject({ name: 'BAK-000001-DJPK-2026.pdf', mimeType: 'application/pdf' });
    const opened = await openFile(test.services, file.fileId);
    const bytes = await buffer(opened.read());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(minutes.fileHash);
    expect(opened.file.conversationId).toBe(ticket.conversationId);
    expect(minutes.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(minutes.verificationCode).toMatch(/^[\w-]{32}$/);
  });

  it('happens once, also when ten workers do it at once and when it is done again later', async () => {
    const ticket = await resolved();
    const issued = await Promise.all(Array.from({ length: 10 }, () => issue(ticket._id)));
    issued.push(await issue(ticket._id, new Date('2026-03-05T10:00:00+07:00')));
    expect(new Set(issued.map(({ minutes }) => minutes._id)).size).toBe(1);
    expect(new Set(issued.map(({ file }) => file.fileId)).size).toBe(1);
    const { models } = test.services;
    expect(await models.minutes.countDocuments({ ticketId: ticket._id })).toBe(1);
    expect(await models.serviceEvents.countDocuments({ ticketId: ticket._id, name: 'minutes-issued' })).toBe(
      1,
    );
    expect((await models.tickets.findById(ticket._id).lean())?.minutesId).toBe(issued[0]!.minutes._id);
  });

  it('makes the same document when a crash lost the register entry', async () => {
    const ticket = await resolved();
    const first = await issue(ticket._id);
    await test.services.models.minutes.deleteOne({ ticketId: ticket._id });
    const second = await issue(ticket._id, new Date('2026-03-05T10:00:00+07:00'));
    expect(second.minutes.number).toBe(first.minutes.number);
    expect(second.minutes.verificationCode).toBe(first.minutes.verificationCode);
    expect(second.minutes.issuedAt).toEqual(first.minutes.issuedAt);
  });

  it('numbers each year in WIB from 1', async () => {
    const ticket = await resolved(new Date('2026-12-31T17:00:00Z'));
    expect((await issue(ticket._id)).minutes.number).toBe('BAK-000001/DJPK/2027');
  });

  it('needs a resolved ticket', async () => {
    const { _id } = await openSample(test.services);
    await expect(issue(_id)).rejects.toMatchObject({ code: 'ticket-not-resolved' });
    await expect(issue('nothing')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('finding a BAK', () => {
  it('works by the code of its verification link, and by no other', async () => {
    const ticket = await resolved();
    const { minutes } = await issue(ticket._id);
    expect(await findMinutesByCode(test.services, minutes.verificationCode)).toEqual(minutes);
    expect(
      await findMinutesByCode(test.services, minutes.verificationCode.toLowerCase() + 'x'),
    ).toBeUndefined();
  });

  it('works from its ticket, for the user and for the agent', async () => {
    const ticket = await resolved();
    expect(await findTicketMinutes(test.services, ticket._id)).toBeUndefined();
    const { minutes, file } = await issue(ticket._id);
    const url = `http://dering.test/verify/${minutes.verificationCode}`;
    const found = { number: minutes.number, verificationUrl: url, file };
    expect((await ticketOutcome(test.services, ticket._id)).minutes).toEqual(found);
    const shown = await getTicket(test.services, { number: ticket.number, actor: sari, language: 'id', now });
    expect(shown.minutes).toMatchObject({
      number: minutes.number,
      fileId: file.fileId,
      verificationUrl: url,
    });
  });

  it('works in the register, newest first, page by page', async () => {
    const list = (cursor?: string) => listMinutes(test.services, { actor: sari, limit: 3, cursor });
    const all = (await listMinutes(test.services, { actor: sari, limit: 100 })).items;
    const first = await list();
    const second = await list(first.next!);
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 6));
    await expect(
      listMinutes(test.services, { actor: { ...sari, roles: ['receptionist'] }, limit: 3 }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
