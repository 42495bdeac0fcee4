import { createHash } from 'node:crypto';
import type { Appointment, RequestLetter } from '../../src/models/appointment.js';
import type { BookingKind } from '../../src/models/ticket.js';
import type { By } from '../../src/services/appointments/change-appointment.js';
import { confirmSession } from '../../src/services/appointments/confirm-session.js';
import { holdSession } from '../../src/services/appointments/hold-session.js';
import { nameGuests } from '../../src/services/appointments/name-guests.js';
import {
  requestAppointment,
  type RequestAppointmentInput,
} from '../../src/services/appointments/request-appointment.js';
import type { ServiceContext } from '../../src/services/service-context.js';
import { MONDAY_MORNING } from './services.js';
import { SARI } from './tickets.js';

export const USER: By = { kind: 'user' };

let made = 0;

/** WIB. @param time "yyyy-MM-ddTHH:mm" */
export function wib(time: string): Date {
  return new Date(`${time}:00+07:00`);
}

/** A letter like no other unless told; the bytes of its file are never read. */
export async function sampleLetter(
  { models, newId }: ServiceContext,
  more: Partial<RequestLetter> & { content?: string } = {},
): Promise<RequestLetter> {
  const nth = (made += 1);
  const { content = `isi surat ${nth}`, receivedAt = MONDAY_MORNING, ...facts } = more;
  const _id = newId();
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = { name: 'surat.pdf', mimeType: 'application/pdf', size: 1000 };
  await models.files.create({ _id, sha256, ...file, conversationId: null, createdAt: receivedAt });
  return {
    ...{ file: { fileId: _id, ...file }, number: `900/${nth}/BPKAD/2026`, date: '2026-02-27' },
    ...{ addressee: 'Direktur Jenderal Perimbangan Keuangan', sender: 'BPKAD Kabupaten Gowa' },
    ...{ receivedAt, via: 'web-chat', ...facts },
  };
}

type Sample = Partial<RequestAppointmentInput> & { kind?: BookingKind; region?: string | null };

/** A request whose letter came on Monday 2 March 2026, 10.00 WIB, unless told. @param region code; of Gowa unless given */
export async function requestSample(services: ServiceContext, input: Sample = {}): Promise<Appointment> {
  const nth = (made += 1);
  const { region = SARI.regionCode ?? null, now = MONDAY_MORNING, ...more } = input;
  const { regionCode: _, regionName: __, ...nobody } = SARI;
  const profile =
    region === null ? nobody : { ...nobody, regionCode: region, regionName: `Daerah ${region}` };
  return requestAppointment(services, {
    ...{ key: `request-${nth}`, kind: 'visit', profile, language: 'id', topicCode: 'dak-fisik' },
    conversation: { _id: `conversation-${nth}`, channel: 'web-chat', contactId: null },
    ...{ purpose: 'Konsultasi DAK Fisik', kanwil: null, receivedAt: now, now },
    letter: more.letter === undefined ? await sampleLetter(services, { receivedAt: now }) : more.letter,
    ...more,
  });
}

/** As `requestSample`, with two guests where it is a visit. */
export async function readySample(services: ServiceContext, input: Sample = {}): Promise<Appointment> {
  const { _id: id, kind } = await requestSample(services, input);
  const guests = ['Sari Contoh', 'Budi Contoh'].map((name) => ({ name, position: null, isHead: false }));
  if (kind === 'visit')
    await nameGuests(services, { id, guests, by: USER, now: input.now ?? MONDAY_MORNING });
  return (await services.models.appointments.findById(id).lean())!;
}

/** More requests that stand where this one does, without tickets of their own; each of another region unless told. */
export async function twinsOf(
  { models, newId }: ServiceContext,
  template: Appointment,
  count: number,
  region: (index: number) => string = (index) => `T${index}`,
): Promise<Appointment[]> {
  const twins = Array.from({ length: count }, (_, index) => {
    const _id = newId();
    const own = { _id, ticketId: _id, openingKey: _id, letterKeys: [], regionCode: region(index) };
    return { ...template, ...own, who: { ...template.who, regionName: `Daerah ${region(index)}` } };
  });
  await models.appointments.insertMany(twins);
  return twins;
}

/** The user takes a time: held, then confirmed. */
export async function take(
  services: ServiceContext,
  id: string,
  startsAt: Date,
  now = MONDAY_MORNING,
): Promise<Appointment> {
  await holdSession(services, { id, startsAt, now });
  made += 1;
  return confirmSession(services, { id, by: USER, key: `confirm-${made}`, now });
}
