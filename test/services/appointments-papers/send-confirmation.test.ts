import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appointment, AppointmentEntry, AppointmentStep } from '../../../src/models/appointment.js';
import type { FileReference } from '../../../src/models/message.js';
import type { OpenTicketInput } from '../../../src/services/tickets/open-ticket.js';
import { sendConfirmation } from '../../../src/services/appointments/send-confirmation.js';
import { visitCode } from '../../../src/services/appointments/visit-code.js';
import { openFile } from '../../../src/services/files/open-file.js';
import { mailSource } from '../../../src/services/mail/get-mail.js';
import { readCalendar } from '../../documents/calendar-file/read-calendar.js';
import { readPdf } from '../../documents/read-pdf.js';
import {
  addStaff,
  createTestServices,
  MONDAY_MORNING as now,
  type TestServices,
} from '../../support/services.js';
import { SARI } from '../../support/tickets.js';
import { storeAppointment } from './sample-appointment.js';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices({ settings: { CONTACT_ADDRESS: 'Kantor Contoh, Jakarta' } });
  await addStaff(test.services, 'sari', 'agent');
});
afterAll(async () => {
  await test.close();
});

const THURSDAY = new Date('2026-03-05T09:00:00+07:00');
const FRIDAY = new Date('2026-03-06T13:00:00+07:00');
const actor = { staffId: 'staff-sari', name: 'sari Contoh', roles: ['agent'] };

/** The next step in its thread, and what it makes of it. */
async function step(
  { _id }: Appointment,
  name: AppointmentStep,
  { set = {}, ...entry }: Partial<AppointmentEntry> & { set?: Partial<Appointment> } = {},
): Promise<Appointment> {
  const { models } = test.services;
  const before = (await models.appointments.findById(_id).lean())!;
  const by = { byId: null, byName: 'Dering', by: 'product' as const };
  const thread = [...before.thread, { n: before.thread.length + 1, step: name, at: now, ...by, ...entry }];
  await models.appointments.updateOne({ _id }, { $set: { ...set, thread } });
  return (await models.appointments.findById(_id).lean())!;
}

/** What follows from its latest step, or from that one. */
async function send(appointment: Appointment, n = appointment.thread.length): Promise<FileReference[]> {
  const ticket = (await test.services.models.tickets.findById(appointment.ticketId).lean())!;
  return sendConfirmation(test.services, { ticket, appointment, entry: appointment.thread[n - 1]!, now });
}

const mailsOf = ({ _id }: Appointment) =>
  test.services.models.mails
    .find({ key: { $regex: `^appointment:${_id}:` } })
    .sort({ _id: 1 })
    .lean();
const bytesOf = async ({ fileId }: { fileId: string }) =>
  buffer((await openFile(test.services, fileId)).read());
const calendarOf = async (files: readonly { fileId: string; name: string }[]) =>
  readCalendar(await bytesOf(files.find(({ name }) => name.endsWith('.ics'))!));
const visit = (changes: Partial<Appointment> = {}, ticket: Partial<OpenTicketInput> = {}) =>
  storeAppointment(test.services, changes, ticket);

describe('the papers of an agreed visit (R-C7)', () => {
  it('are the confirmation sheet and a calendar file, for the chat and in one mail', async () => {
    const appointment = await visit();
    const files = await send(appointment);
    const { ticketNumber } = appointment;
    expect(files.map(({ name, mimeType }) => [name, mimeType])).toEqual([
      [`Konfirmasi-Kedatangan-${ticketNumber}.pdf`, 'application/pdf'],
      [`${ticketNumber}.ics`, 'text/calendar'],
    ]);
    const { pages } = readPdf(await bytesOf(files[0]!));
    const code = visitCode(test.services, appointment);
    expect(pages).toHaveLength(1);
    for (const part of [
      `Nomor ${ticketNumber}`,
      `Kode kunjungan ${code}`,
      'Kamis, 5 Maret 2026 09.00–10.00 WIB (10.00–11.00 WITA)',
      'Ruang VC lantai 3 Kantor Contoh, Jakarta',
      '1 Sari Contoh Kepala Bidang Anggaran 2 Budi Misal -',
    ])
      expect(pages[0]?.text).toContain(part);
    const { value } = await calendarOf(files);
    expect(value('DTSTART')).toBe('20260305T020000Z');
    expect(value('LOCATION')).toBe('Ruang VC lantai 3, Kantor Contoh, Jakarta');
    const [mail, ...more] = await mailsOf(appointment);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      to: SARI.email,
      subject: `Kunjungan konsultasi DJPK ${ticketNumber}: Kamis, 5 Maret 2026`,
      attachments: [{ fileId: files[0]!.fileId }, { fileId: files[1]!.fileId, calendar: 'REQUEST' }],
    });
    expect(mail?.text).toContain(
      `Waktu: Kamis, 5 Maret 2026 pukul 09.00–10.00 WIB (10.00–11.00 WITA)\nTempat: Ruang VC lantai 3, Kantor Contoh, Jakarta\nKode kunjungan: ${code}\n\nMohon membawa`,
    );
    expect(mail?.text).toContain('tidak dipungut biaya');
    expect(mail?.text).not.toMatch(/\{\{|undefined/);
  });

  it('come as a mail that mail programs take for an invitation (RFC 6047), the sheet beside it', async () => {
    const appointment = await visit();
    await send(appointment);
    const [mail] = await mailsOf(appointment);
    const source = await buffer(await mailSource(test.services, { id: mail!._id, actor }));
    expect(source.toString()).toMatch(/content-type: text\/calendar; charset=utf-8; method=REQUEST/i);
    const { attachments } = await simpleParser(source);
    expect(attachments.map(({ filename }) => filename)).toEqual(
      expect.arrayContaining([mail!.attachments[0]!.name, mail!.attachments[1]!.name]),
    );
    const calendar = attachments.find(({ filename }) => filename === mail!.attachments[1]!.name)!;
    expect(readCalendar(calendar.content).value('UID')).toBe(`dering-${appointment._id}`);
  });

  it('are sent once, however often the step is settled', async () => {
    const appointment = await visit();
    const first = await send(appointment);
    expect(await send(appointment)).toEqual(first);
    await Promise.all([send(appointment), send(appointment)]);
    expect(await mailsOf(appointment)).toHaveLength(1);
  });

  it('go by chat alone where no usable address is known', async () => {
    const { email, ...profile } = SARI;
    expect(email).toBeDefined();
    for (const unusable of [profile, { ...profile, email: 'a@b, c@d' }]) {
      const appointment = await visit({}, { profile: unusable });
      expect(await send(appointment)).toHaveLength(2);
      expect(await mailsOf(appointment)).toEqual([]);
    }
  });

  it('are in the language of the ticket', async () => {
    const appointment = await visit({}, { language: 'en' });
    const files = await send(appointment);
    const [mail] = await mailsOf(appointment);
    expect(mail?.subject).toContain('Consultation visit, DJPK');
    expect(mail?.text).toContain('Time: Thursday, 5 March 2026 at 09:00–10:00 WIB (10:00–11:00 WITA)');
    expect(mail?.text).not.toMatch(/Bapak|Mohon/);
    expect(readPdf(await bytesOf(files[0]!)).pages[0]?.text).toContain('PLEASE BRING');
  });
});

describe('the papers of a video conference (R-B3)', () => {
  it('have the time, what to prepare, and the link once there is one: the same entry, one version on', async () => {
    const agreed = await visit({ kind: 'video-application' });
    const files = await send(agreed);
    expect(files.map(({ name }) => name)).toEqual([`${agreed.ticketNumber}.ics`]);
    const meetingUrl = 'https://teams.example/l/meetup-join/19%3a';
    const linked = await step(agreed, 'meeting', { set: { meetingUrl } });
    const updated = await send(linked);
    const [first, second] = await mailsOf(agreed);
    expect(first?.text).toContain('Tautan pertemuan kami kirimkan sebelum pelaksanaan.');
    expect(first?.text).toContain('kamera dan mikrofon');
    expect(second?.subject).toMatch(/^Pembaruan/);
    expect(second?.text).toContain(`Tautan: ${meetingUrl}`);
    const [before, after] = [await calendarOf(files), await calendarOf(updated)];
    expect(after.value('URL')).toBe(meetingUrl);
    expect(after.value('UID')).toBe(before.value('UID'));
    expect([before.value('SEQUENCE'), after.value('SEQUENCE')]).toEqual(['0', '1']);
  });

  it('over the network name the Kanwil and the trial that comes first (R-B5)', async () => {
    const kanwil = 'Kanwil DJPb Provinsi Sulawesi Selatan';
    const trial = { at: null, state: 'due' as const, hindrance: null, solvedAt: null };
    const appointment = await visit({ kind: 'video-network', kanwil, trial });
    const { value } = await calendarOf(await send(appointment));
    expect(value('LOCATION')).toBe(kanwil);
    const [mail] = await mailsOf(appointment);
    expect(mail?.text).toContain(`Tempat: fasilitas konferensi video ${kanwil}`);
    expect(mail?.text).toContain('Uji coba jaringan');
  });
});

describe('the papers of what changes', () => {
  it('of a move have the new time, under the same name with a higher sequence', async () => {
    const agreed = await visit();
    await send(agreed);
    const session = { startsAt: FRIDAY, endsAt: new Date('2026-03-06T14:00:00+07:00'), room: 'vc-lantai-3' };
    const moved = await step(agreed, 'move', { startsAt: FRIDAY, set: { agreed: session } });
    const { value } = await calendarOf(await send(moved));
    expect([value('SEQUENCE'), value('DTSTART')]).toEqual(['1', '20260306T060000Z']);
    const mails = await mailsOf(agreed);
    expect(mails).toHaveLength(2);
    expect(mails[1]?.subject).toMatch(/^Perubahan jadwal.*Jumat, 6 Maret 2026$/);
    // Settled late, after the move: the time that no longer holds is told to nobody.
    expect(await send(moved, 2)).toEqual([]);
  });

  it('of a cancellation take the entry out of the calendar and ask for a new letter (R-C6); the chat gets no file', async () => {
    const agreed = await visit();
    await send(agreed);
    const set = { agreed: null, state: 'cancelled' } as const;
    const cancelled = await step(agreed, 'cancel', { startsAt: THURSDAY, set });
    expect(await send(cancelled)).toEqual([]);
    const mail = (await mailsOf(agreed))[1]!;
    expect(mail.subject).toBe(`Dibatalkan: Kunjungan konsultasi DJPK ${agreed.ticketNumber}`);
    expect(mail.text).toContain('memerlukan surat permintaan baru');
    expect(mail.text).toContain('Kamis, 5 Maret 2026 pukul 09.00–10.00 WIB');
    expect(mail.attachments.map(({ calendar }) => calendar)).toEqual(['CANCEL']);
    const { value } = await calendarOf(mail.attachments);
    expect([value('METHOD'), value('STATUS'), value('SEQUENCE')]).toEqual(['CANCEL', 'CANCELLED', '1']);
    expect(value('UID')).toBe(`dering-${agreed._id}`);
  });

  it('of a closed day and of a failed trial (R-B5) say that a new time follows without a new letter (R-C6)', async () => {
    for (const [kind, name, text] of [
      ['visit', 'displace', 'Cuti bersama'],
      ['video-network', 'trial', 'Suara terputus'],
    ] as const) {
      const agreed = await visit({ kind });
      const given = await step(agreed, name, {
        startsAt: THURSDAY,
        text,
        set: { agreed: null, state: 'planning' },
      });
      expect(await send(given)).toEqual([]);
      const [mail] = await mailsOf(agreed);
      expect(mail?.text).toContain('surat permintaan baru tidak diperlukan');
      const { value } = await calendarOf(mail!.attachments);
      expect(value('METHOD')).toBe('CANCEL');
    }
  });

  it('of guests named anew are a new sheet, while the visit is awaited', async () => {
    const agreed = await visit();
    await send(agreed);
    const guests = [{ id: 'g3', name: 'Tono Contoh', position: null, isHead: false }];
    const renamed = await step(agreed, 'guests', { set: { guests } });
    const [sheet] = await send(renamed);
    expect(readPdf(await bytesOf(sheet!)).pages[0]?.text).toContain('1 Tono Contoh - YANG DIBAWA');
    expect((await mailsOf(agreed))[1]?.subject).toMatch(/^Pembaruan/);
    const here = await step(await step(renamed, 'arrive'), 'guests');
    expect(await send(here)).toEqual([]);
  });

  it('are none before a time is agreed, and for steps that change nothing of it', async () => {
    const at = { byId: null, byName: 'Dering', by: 'product' as const, at: now };
    const thread = [{ n: 1, step: 'request' as const, ...at }];
    const asked = await visit({ state: 'planning', agreed: null, thread });
    for (const name of ['guests', 'propose', 'wait', 'meeting', 'cancel', 'decline', 'displace'] as const)
      expect(await send(await step(asked, name))).toEqual([]);
    const agreed = await visit();
    for (const name of ['assign', 'late', 'arrive', 'meet', 'report', 'no-show', 'letter'] as const)
      expect(await send(await step(agreed, name, { startsAt: THURSDAY }))).toEqual([]);
    expect([...(await mailsOf(asked)), ...(await mailsOf(agreed))]).toEqual([]);
  });
});

describe('papers of hostile words', () => {
  it('harm neither mail, calendar nor sheet', async () => {
    const evil = 'Sari "C"\r\nBcc: x@y.example\nEND:VEVENT\u202E {{phone}} $t(bak:title) 🙏';
    const who = { name: evil, agency: evil, regionName: evil };
    const guests = [{ id: 'g', name: evil, position: 'W'.repeat(200), isHead: true }];
    const profile = { ...SARI, name: evil };
    const appointment = await visit({ who, guests, purpose: evil.repeat(40) }, { profile });
    const files = await send(appointment);
    expect(readPdf(await bytesOf(files[0]!)).pages).toHaveLength(1);
    const { lines } = await calendarOf(files);
    expect(lines.filter((line) => /^(Bcc|END:VEVENT)/.test(line))).toEqual(['END:VEVENT']);
    const [mail] = await mailsOf(appointment);
    const { headers, text } = await simpleParser(await mailSource(test.services, { id: mail!._id, actor }));
    expect(headers.has('bcc')).toBe(false);
    expect(text).toContain('{{phone}} $t(bak:title)');
  });
});
