import { changeAndSettle } from '../../conversation/settle-appointments.js';
import type { Engine } from '../../conversation/engine.js';
import type { Appointment } from '../../models/appointment.js';
import type { Conversation, Profile } from '../../models/conversation.js';
import type { BookingKind } from '../../models/ticket.js';
import { assignConsultant } from '../../services/appointments/assign-consultant.js';
import { bookSession } from '../../services/appointments/book-session.js';
import { findFreeSessions } from '../../services/appointments/find-free-sessions.js';
import { nameGuests } from '../../services/appointments/name-guests.js';
import { requestAppointment } from '../../services/appointments/request-appointment.js';
import { setMeeting } from '../../services/appointments/set-meeting.js';
import { storeFile } from '../../services/files/store-file.js';
import type { Actor } from '../../services/service-context.js';
import { DomainError } from '../../shared/errors.js';
import type { WorkingCalendar } from '../../shared/working-time.js';
import { attachmentContent } from '../simulation/sample-bytes.js';
import type { Simulation } from '../simulation/simulation.js';
import { startOf } from './demo-script.js';

/** One booking of the demo. */
interface BookingStory {
  from: string;
  /** Working days before the latest; after noon, when no other story is being told. */
  daysAgo: number;
  kind: BookingKind;
  profile: Profile;
  purpose: string;
  kanwil?: string;
  /** Given its first free session by an agent at once. */
  booked: boolean;
}

const official = (name: string, position: string, place: string, regionCode: string): Profile => ({
  ...{ name, position, agency: `BPKAD ${place}`, regionCode, regionName: place },
  email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@contoh.go.id`,
});

const STORIES: readonly BookingStory[] = [
  {
    ...{ from: 'demo-bulukumba', daysAgo: 6, kind: 'video-application', booked: true },
    profile: official('Bahar Contoh', 'Kepala BPKAD', 'Kabupaten Bulukumba', '73.02'),
    purpose: 'Penyaluran DAK Fisik bidang jalan tahap II (contoh).',
  },
  {
    ...{ from: 'demo-bantaeng', daysAgo: 2, kind: 'visit', booked: true },
    profile: official('Tini Contoh', 'Kabid Anggaran', 'Kabupaten Bantaeng', '73.03'),
    purpose: 'Konsultasi sisa DAK Fisik tahun lalu (contoh).',
  },
  {
    ...{ from: 'demo-maros', daysAgo: 1, kind: 'visit', booked: false },
    profile: official('Umar Contoh', 'Sekretaris', 'Kabupaten Maros', '73.09'),
    purpose: 'Pembahasan usulan DAK Fisik tahun depan (contoh).',
  },
  {
    ...{ from: 'demo-ambon', daysAgo: 1, kind: 'video-network', booked: false },
    kanwil: 'Kanwil DJPB Provinsi Maluku',
    profile: official('Vera Contoh', 'Kepala BPKAD', 'Kota Ambon', '81.71'),
    purpose: 'Sosialisasi pelaporan DAK Fisik (contoh).',
  },
];

/** What happens in the demo's bookings, and when. */
export function demoBookings(
  simulation: Simulation,
  calendar: WorkingCalendar,
  now: Date,
): { at: Date; run: () => Promise<void> }[] {
  return STORIES.flatMap((story, index) => {
    const at = startOf({ daysAgo: story.daysAgo, time: `12:${15 + index * 5}` }, calendar, now).toJSDate();
    return at > now ? [] : [{ at, run: () => tell(simulation, story, at, FIRST_LINE + 2 * index) }];
  });
}

/** Numbers of lines make messages' ids; the other stories have the smaller ones. */
const FIRST_LINE = 100_000;

async function tell(simulation: Simulation, story: BookingStory, at: Date, line: number): Promise<void> {
  const { engine } = simulation.core;
  const { services } = engine;
  for (const [index, text] of ['halo', 'setuju'].entries()) {
    const said = { at: at.toISOString(), channel: 'web-chat' as const, from: story.from, text };
    await simulation.play({ kind: 'user', at, line: said }, line + index);
  }
  const conversation = await services.models.conversations.findOne({ address: story.from }).lean();
  const agent = await services.models.staff.findOne({ username: 'sari' }).lean();
  const consultant = await services.models.staff.findOne({ username: 'andi' }).lean();
  if (!conversation || !agent || !consultant) throw new DomainError('not-found');
  const { _id: id } = await request(engine, conversation, story, { line, now: at });
  if (story.booked) {
    const actor: Actor = { staffId: agent._id, name: agent.name, roles: agent.roles };
    await plan(engine, id, { actor, consultantId: consultant._id, now: at });
  }
  await simulation.waitUntil(at);
}

async function request(
  { services }: Engine,
  conversation: Conversation,
  { kind, profile, purpose, kanwil }: BookingStory,
  { line, now }: { line: number; now: Date },
): Promise<Appointment> {
  // R-C6: the same bytes would be the same letter.
  const pdf = { name: 'surat-permintaan.pdf', mimeType: 'application/pdf', size: line };
  const content = attachmentContent(pdf);
  const file = await storeFile(services, { ...pdf, content, conversationId: conversation._id, now });
  const letter = {
    ...{
      file,
      number: `900/${profile.regionCode ?? ''}/BPKAD`,
      date: services.reference.calendar.dateOf(now),
    },
    ...{ addressee: 'Direktur Jenderal Perimbangan Keuangan', sender: profile.agency ?? '' },
    ...{ receivedAt: now, via: conversation.channel },
  };
  const key = `demo:${conversation._id}`;
  const made = await requestAppointment(services, {
    ...{ key, kind, conversation, profile, language: 'id', topicCode: 'dak-fisik', purpose },
    ...{ kanwil: kanwil ?? null, letter, receivedAt: now, now },
  });
  if (kind !== 'visit') return made;
  const guests = [profile.name ?? '', 'Wira Contoh'].map((name) => ({ name, position: null, isHead: false }));
  return nameGuests(services, { id: made._id, guests, by: { kind: 'user' }, now });
}

async function plan(
  engine: Engine,
  id: string,
  { actor, consultantId, now }: { actor: Actor; consultantId: string; now: Date },
): Promise<void> {
  const { services } = engine;
  const appointment = await services.models.appointments.findById(id).lean();
  if (!appointment) throw new DomainError('not-found');
  const { sessions } = await findFreeSessions(services, { appointment, limit: 1, now });
  const [first] = sessions;
  if (!first) return;
  const common = { id, actor, now };
  const url = 'https://teams.contoh.go.id/rapat/demo';
  await changeAndSettle(engine, () => bookSession(services, { ...common, startsAt: first.startsAt }));
  await changeAndSettle(engine, () => assignConsultant(services, { ...common, consultantId }));
  if (appointment.kind !== 'visit')
    await changeAndSettle(engine, () => setMeeting(services, { ...common, url }));
}
