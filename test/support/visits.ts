import type { Appointment, Guest } from '../../src/models/appointment.js';
import type { ServiceContext } from '../../src/services/service-context.js';
import { openSample, SARI } from './tickets.js';

/** Thursday 5 March 2026, 09.00 WIB. */
export const NINE = new Date('2026-03-05T09:00:00+07:00');
export const VISIT_ROOM = 'vc-lantai-3';

const GUESTS: Guest[] = [
  { id: 'g1', name: 'Sari Contoh', position: 'Kepala Bidang Anggaran', isHead: false },
  { id: 'g2', name: 'Budi Contoh', position: 'Analis Anggaran', isHead: false },
];

/** WIB. @param time "09:30" */
export function onThursday(time: string): Date {
  return new Date(`2026-03-05T${time}:00+07:00`);
}

/** A visit with an agreed time, as booking leaves it; two of them at one time are refused by the index. */
export async function addVisit(
  services: ServiceContext,
  { startsAt = NINE, ...more }: Partial<Appointment> & { startsAt?: Date } = {},
): Promise<Appointment> {
  const conversationId = services.newId();
  const ticket = await openSample(services, {
    kind: 'visit',
    conversation: { _id: conversationId, channel: 'web-chat', contactId: null },
  });
  const id = services.newId();
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  const at = (time: Date): string => new Date(time.getTime() + 7 * 3_600_000).toISOString().slice(0, 16);
  const halfHours = [startsAt, new Date(startsAt.getTime() + 1_800_000)].map(at);
  const { name = '', agency = '', regionName = null } = SARI;
  const visit: Appointment = {
    ...{ _id: id, ticketId: ticket._id, ticketNumber: ticket.number, conversationId },
    ...{ kind: 'visit', state: 'scheduled', regionCode: null, who: { name, agency, regionName } },
    ...{ purpose: 'Konsultasi DAK Fisik', topicCode: 'dak-fisik', unitCode: 'dana-transfer-khusus' },
    ...{ kanwil: null, requestedAt: ticket.receivedAt, letter: null, guests: GUESTS, held: null },
    agreed: { startsAt, endsAt, room: VISIT_ROOM },
    claims: [`visit:${at(startsAt)}`, ...halfHours.map((half) => `room:${VISIT_ROOM}:${half}`)],
    ...{ proposed: [], waiting: null, displaced: false, consultantId: null, consultantName: null },
    ...{ meetingUrl: null, trial: null, visit: null, report: null, thread: [], version: 1 },
    ...{ updatedAt: ticket.receivedAt, settledEntry: 0, unsettled: false, nextSettleAt: ticket.receivedAt },
    ...{ nextNoticeAt: null, noticed: [], openingKey: id },
    ...more,
  };
  await services.models.appointments.create(visit);
  return visit;
}
