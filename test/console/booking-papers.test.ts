import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followTicket } from '../../src/services/appointments/follow-ticket.js';
import { issueMinutes } from '../../src/services/minutes/issue-minutes.js';
import { resolveTicket } from '../../src/services/tickets/resolve-ticket.js';
import { readPdf } from '../documents/read-pdf.js';
import { storeAppointment } from '../services/appointments-papers/sample-appointment.js';
import { MONDAY_MORNING as now } from '../support/services.js';
import { startConsoleServer, type Asker, type ConsoleServer } from './console-server.js';

const UNIT = 'dana-transfer-khusus';

let server: ConsoleServer;
let agent: Asker;
let own: Asker;
let other: Asker;
beforeAll(async () => {
  server = await startConsoleServer();
  agent = await server.signedInAs('sari', 'agent');
  own = await memberOf('andi', UNIT);
  other = await memberOf('dodi', 'sekretariat');
});
afterAll(() => server.close());

async function memberOf(username: string, unitCode: string): Promise<Asker> {
  const member = await server.signedInAs(username, 'unit-member');
  await server.services.models.staff.updateOne({ _id: member.staffId }, { $set: { unitCode } });
  return member;
}

describe('GET /appointments/:id/minutes', () => {
  it('is the BAK in two copies, to look at and print (R-C8), for the office and the unit that has it', async () => {
    const visit = await storeAppointment(server.services, { state: 'done', unitCode: UNIT });
    const path = `/appointments/${visit._id}/minutes`;
    expect((await agent.ask('GET', path)).statusCode).toBe(404);
    await followTicket(server.services, visit);
    const actor = { staffId: agent.staffId, name: 'sari Contoh', roles: ['agent'] };
    const answered = { number: visit.ticketNumber, actor, answer: 'Ya.', legalBasis: [], now };
    await resolveTicket(server.services, answered);
    const { minutes } = await issueMinutes(server.services, { ticketId: visit.ticketId, now });
    for (const reader of [agent, own]) {
      const answer = await reader.ask('GET', path);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('application/pdf');
      expect(answer.headers['content-disposition']).toMatch(/^inline; .*-rangkap\.pdf/);
      const pages = readPdf(answer.rawPayload).pages.map(({ text }) => text);
      expect(pages[0]).toContain(`Lembar 1/2 · untuk pengguna layanan`);
      expect(pages.join(' ').split(`Nomor ${minutes.number}`)).toHaveLength(3);
    }
    const audited = await server.services.models.auditEntries.countDocuments({
      subject: minutes.copiesFileId!,
    });
    expect(audited).toBe(2);
    expect((await other.ask('GET', path)).statusCode).toBe(403);
    expect((await agent.ask('GET', '/appointments/tidak-ada/minutes')).statusCode).toBe(404);
  });
});
