import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import type { Ticket } from '../../../src/models/ticket.js';
import { followTicket } from '../../../src/services/appointments/follow-ticket.js';
import { openMinutesCopies } from '../../../src/services/minutes/open-minutes-copies.js';
import { issueMinutes } from '../../../src/services/minutes/issue-minutes.js';
import { openFile, type OpenedFile } from '../../../src/services/files/open-file.js';
import { resolveTicket } from '../../../src/services/tickets/resolve-ticket.js';
import { readPdf } from '../../documents/read-pdf.js';
import {
  addStaff,
  createTestServices,
  MONDAY_MORNING as now,
  type TestServices,
} from '../../support/services.js';
import { openSample } from '../../support/tickets.js';
import { storeAppointment } from './sample-appointment.js';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices({ settings: { CONTACT_ADDRESS: 'Kantor Contoh' } });
  await addStaff(test.services, 'sari', 'agent');
});
afterAll(async () => {
  await test.close();
});

const actor = { staffId: 'staff-sari', name: 'sari Contoh', roles: ['agent'] };

/** The BAK of a ticket, after its appointment where it has one. */
async function issue({ number, _id: ticketId }: Pick<Ticket, 'number' | '_id'>) {
  const appointment = await test.services.models.appointments.findOne({ ticketId }).lean();
  if (appointment) await followTicket(test.services, appointment);
  const answer = 'Sudah direkonsiliasi.';
  await resolveTicket(test.services, { number, actor, answer, legalBasis: [], now });
  return issueMinutes(test.services, { ticketId, now });
}

const ticketOf = ({ ticketId, ticketNumber }: Appointment) => ({ _id: ticketId, number: ticketNumber });

async function pagesOf({ read }: OpenedFile): Promise<string[]> {
  return readPdf(await buffer(read())).pages.map(({ text }) => text);
}

describe('the BAK of a booking', () => {
  it('of a visit says who was there (R-C9), and is there in two copies with the same fingerprint (R-C8)', async () => {
    const at = now;
    const visit = await storeAppointment(test.services, {
      state: 'done',
      visit: {
        ...{ arrivedAt: at, guestCard: '7', room: 'vc-lantai-3', calledAt: at, metAt: at },
        attendance: [{ guestId: 'g1', signature: 'paper', signatureFileId: null, at }],
        ...{ travelOrders: [], handedOverAt: null, leftAt: null },
      },
    });
    const { minutes, file } = await issue(ticketOf(visit));
    const one = (await pagesOf(await openFile(test.services, file.fileId))).join(' ');
    expect(one).toContain('Bentuk : Kunjungan (tatap muka)');
    expect(one).toContain('Tempat : Ruang VC lantai 3, Kantor Contoh');
    expect(one).toContain('Tamu yang hadir: Sari Contoh, Kepala Bidang Anggaran 1. PERTANYAAN');
    expect(one).not.toContain('Budi Misal');
    const copies = await openMinutesCopies(test.services, visit.ticketId);
    expect(copies.file.name).toBe(`${minutes.number.replaceAll('/', '-')}-rangkap.pdf`);
    const text = (await pagesOf(copies)).join(' ');
    expect(text).toContain('Lembar 1/2');
    expect(text).toContain('Lembar 2/2');
    expect(text.split(minutes.contentHash)).toHaveLength(3);
  });

  it('of a conference has its link and recording (R-B6)', async () => {
    const report = { answer: 'Ya.', legalBasis: [], byId: 'staff-sari', at: now };
    const video = await storeAppointment(test.services, {
      ...{ kind: 'video-application', state: 'done', meetingUrl: 'https://teams.example/l/1' },
      report: { ...report, recordingUrl: 'https://rekaman.example/1' },
    });
    const { file } = await issue(ticketOf(video));
    const text = (await pagesOf(await openFile(test.services, file.fileId))).join(' ');
    expect(text).toContain('Tempat : Microsoft Teams Call Center DJPK (1)');
    expect(text).toContain('Tautan : https://teams.example/l/1 Rekaman : https://rekaman.example/1');
  });

  it('has no copies before it is made, and a consultation in writing has none at all', async () => {
    const visit = await storeAppointment(test.services);
    await expect(openMinutesCopies(test.services, visit.ticketId)).rejects.toMatchObject({
      code: 'not-found',
    });
    const ticket = await openSample(test.services);
    const { minutes } = await issue(ticket);
    expect(minutes.copiesFileId).toBeUndefined();
    await expect(openMinutesCopies(test.services, ticket._id)).rejects.toMatchObject({ code: 'not-found' });
  });
});
