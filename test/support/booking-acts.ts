import { DateTime } from 'luxon';
import type { Appointment } from '../../src/models/appointment.js';
import { bookSession } from '../../src/services/appointments/book-session.js';
import { cancelAppointment } from '../../src/services/appointments/cancel-appointment.js';
import { closeSessions } from '../../src/services/appointments/close-sessions.js';
import { declineAppointment } from '../../src/services/appointments/decline-appointment.js';
import { nameGuests } from '../../src/services/appointments/name-guests.js';
import { noteTrial } from '../../src/services/appointments/note-trial.js';
import { proposeSessions } from '../../src/services/appointments/propose-sessions.js';
import { requestAppointment } from '../../src/services/appointments/request-appointment.js';
import { setMeeting } from '../../src/services/appointments/set-meeting.js';
import { solveHindrance } from '../../src/services/appointments/solve-hindrance.js';
import { storeFile } from '../../src/services/files/store-file.js';
import type { Actor, ServiceContext } from '../../src/services/service-context.js';
import { PDF } from './files.js';

interface Act {
  services: ServiceContext;
  actor: Actor;
  /** The newest booking of the user. */
  mine: () => Promise<Appointment>;
  words: string;
  now: Date;
}

/** What the office does with bookings in a transcript, by the word of its line. */
export const BOOKING_ACTS: Readonly<Record<string, (act: Act) => Promise<unknown>>> = {
  jadwalkan: async ({ services, actor, mine, words, now }) =>
    bookSession(services, { id: (await mine())._id, startsAt: wib(words), actor, now }),
  tawarkan: async ({ services, actor, mine, words, now }) =>
    proposeSessions(services, { id: (await mine())._id, startsAts: times(words), actor, now }),
  tutup: ({ services, actor, words, now }) =>
    closeSessions(services, { date: words, room: null, reason: 'pemeliharaan gedung', actor, now }),
  tolak: async ({ services, actor, mine, words, now }) =>
    declineAppointment(services, { id: (await mine())._id, actor, reason: words, now }),
  tautan: async ({ services, actor, mine, words, now }) =>
    setMeeting(services, { id: (await mine())._id, url: words, actor, now }),
  gagal: async ({ services, actor, mine, words, now }) =>
    noteTrial(services, { id: (await mine())._id, result: 'failed', hindrance: words, actor, now }),
  selesai: async ({ services, actor, mine, words, now }) =>
    solveHindrance(services, { id: (await mine())._id, remark: words, actor, now }),
  penuhi: async ({ services, words, now }) => {
    for (const startsAt of times(words)) await visitOf(services, { region: 'other', startsAt, now });
  },
  gowa: async ({ services, words, now }) => {
    for (const startsAt of times(words)) await visitOf(services, { region: '73.06', startsAt, now });
  },
  kosongkan: async ({ services, words, now }) => {
    for (const startsAt of times(words)) {
      const taken = await services.models.appointments.findOne({ 'agreed.startsAt': startsAt }).lean();
      if (!taken) throw new Error(`nobody has ${words}`);
      await cancelAppointment(services, { id: taken._id, by: { kind: 'user' }, now });
    }
  },
};

const OFFICE: Actor = { staffId: 'staff-budi', name: 'budi Contoh', roles: ['agent', 'supervisor'] };

/** A visit of somebody else, from a region of its own or from the one named. */
async function visitOf(
  services: ServiceContext,
  { region, startsAt, now }: { region: string; startsAt: Date; now: Date },
): Promise<void> {
  const key = `other-${startsAt.toISOString()}`;
  const count = await services.models.appointments.countDocuments({});
  const content = Buffer.concat([PDF, Buffer.from(`\n%${key}`)]);
  const file = await storeFile(services, { content, name: 'lain.pdf', conversationId: null, now });
  const profile = {
    ...{ name: 'Tamu Contoh', position: 'Kabid', agency: 'BPKAD Contoh', regionName: 'Daerah Contoh' },
    regionCode: region === 'other' ? `11.${String(count).padStart(2, '0')}` : region,
  };
  const { _id: id } = await requestAppointment(services, {
    ...{ key, kind: 'visit', conversation: { _id: key, channel: 'web-chat', contactId: null }, profile },
    ...{ language: 'id', topicCode: 'dau', purpose: 'contoh', kanwil: null, receivedAt: now, now },
    letter: {
      ...{ file, number: key, date: '2026-02-20', addressee: 'Dirjen PK', sender: 'Contoh' },
      ...{ receivedAt: now, via: 'web-chat' },
    },
  });
  const guests = [{ name: 'Tamu Contoh', position: 'Kabid', isHead: false }];
  await nameGuests(services, { id, guests, by: { kind: 'staff', actor: OFFICE }, now });
  const override = { rules: ['lead-time' as const], reason: 'contoh' };
  await bookSession(services, { id, startsAt, actor: OFFICE, override, now });
  // Whoever this is hears nothing: they have no conversation here.
  await services.models.appointments.updateOne(
    { _id: id },
    { $set: { unsettled: false, nextNoticeAt: null } },
  );
}

function times(words: string): Date[] {
  return words.split(';').map((one) => wib(one.trim()));
}

function wib(text: string): Date {
  return DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm', { zone: 'Asia/Jakarta' }).toJSDate();
}
