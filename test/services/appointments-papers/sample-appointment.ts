import type { Appointment } from '../../../src/models/appointment.js';
import type { BookingKind } from '../../../src/models/ticket.js';
import type { ServiceContext } from '../../../src/services/service-context.js';
import type { OpenTicketInput } from '../../../src/services/tickets/open-ticket.js';
import { MONDAY_MORNING } from '../../support/services.js';
import { openSample } from '../../support/tickets.js';

/** Thursday 5 March 2026, 09.00 WIB, for an hour. */
const THURSDAY = {
  startsAt: new Date('2026-03-05T09:00:00+07:00'),
  endsAt: new Date('2026-03-05T10:00:00+07:00'),
};

/** An agreed appointment of Sari's with its ticket, as it lies in the store. */
export async function storeAppointment(
  services: ServiceContext,
  changes: Partial<Appointment> & { kind?: BookingKind } = {},
  ticketInput: Partial<OpenTicketInput> = {},
): Promise<Appointment> {
  const { kind = 'visit' } = changes;
  const ticket = await openSample(services, { kind, question: 'Rekonsiliasi DAK Fisik', ...ticketInput });
  const by = { byId: null, byName: 'Sari Contoh', by: 'user' as const };
  const appointment: Appointment = {
    ...{ _id: services.newId(), ticketId: ticket._id, ticketNumber: ticket.number },
    ...{ conversationId: ticket.conversationId, kind, state: 'scheduled', regionCode: '73.06' },
    who: { name: 'Sari Contoh', agency: 'BPKAD Kabupaten Gowa', regionName: 'Kabupaten Gowa' },
    ...{ purpose: 'Rekonsiliasi DAK Fisik', topicCode: 'dak-fisik', unitCode: 'dana-transfer-khusus' },
    ...{ kanwil: null, requestedAt: MONDAY_MORNING, letter: null },
    guests: [
      { id: 'g1', name: 'Sari Contoh', position: 'Kepala Bidang Anggaran', isHead: false },
      { id: 'g2', name: 'Budi Misal', position: null, isHead: false },
    ],
    agreed: { ...THURSDAY, room: kind === 'video-application' ? 'teams-1' : 'vc-lantai-3' },
    ...{ held: null, proposed: [], waiting: null, displaced: false },
    ...{ consultantId: null, consultantName: null, meetingUrl: null, trial: null, visit: null, report: null },
    thread: [
      { n: 1, step: 'request', at: MONDAY_MORNING, ...by },
      { n: 2, step: 'book', at: MONDAY_MORNING, ...by, startsAt: THURSDAY.startsAt },
    ],
    ...{ version: 2, updatedAt: MONDAY_MORNING, settledEntry: 0, unsettled: true },
    ...{ nextSettleAt: MONDAY_MORNING, nextNoticeAt: null, noticed: [], openingKey: ticket.openingKey },
    ...changes,
  };
  await services.models.appointments.create(appointment);
  return appointment;
}
