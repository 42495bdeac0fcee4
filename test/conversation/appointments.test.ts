import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  changeAndSettle,
  settleAppointment,
  settleAppointments,
  watchAndTell,
} from '../../src/conversation/settle-appointments.js';
import type { Appointment } from '../../src/models/appointment.js';
import type { BookingKind, Ticket } from '../../src/models/ticket.js';
import { assignConsultant } from '../../src/services/appointments/assign-consultant.js';
import { bookSession } from '../../src/services/appointments/book-session.js';
import { cancelAppointment } from '../../src/services/appointments/cancel-appointment.js';
import { declineAppointment } from '../../src/services/appointments/decline-appointment.js';
import { reportAppointment } from '../../src/services/appointments/report-appointment.js';
import type { Actor } from '../../src/services/service-context.js';
import { saveHoliday } from '../../src/services/settings/save-holiday.js';
import { countTickets } from '../../src/services/tickets/count-tickets.js';
import { readySample, take, wib } from '../support/appointments.js';
import { agreed, createOffice, type Chat, type Office } from '../support/conversation.js';
import { addCast, outcome, UNIT, type Cast } from '../support/escalations.js';
import { addStaff } from '../support/services.js';

let office: Office;
let cast: Cast;
let chat: Chat;
beforeEach(async () => {
  office = await createOffice();
  cast = await addCast(office.services);
  chat = await agreed(office.chat());
});
afterEach(() => office.close());

const THURSDAY = wib('2026-03-12T13:00');

/** A request of the chat's user, with its letter. */
async function requested(kind: BookingKind = 'visit'): Promise<Appointment> {
  const { _id } = await chat.conversation();
  const conversation = { _id, channel: 'web-chat', contactId: null } as const;
  const kanwil = kind === 'video-network' ? 'Kanwil DJPb Sulawesi Selatan' : null;
  return readySample(office.services, { kind, kanwil, conversation, now: office.clock.now() });
}

/** Agreed by an agent. */
async function scheduled(kind: BookingKind = 'visit', startsAt = THURSDAY): Promise<Appointment> {
  const { _id: id } = await requested(kind);
  const booked = await settle(() =>
    bookSession(office.services, { id, startsAt, actor: cast.agent, now: office.clock.now() }),
  );
  await chat.time(0);
  return booked;
}

async function settle(change: () => Promise<Appointment>): Promise<Appointment> {
  const changed = await changeAndSettle(office.engine, change);
  await office.time(0);
  return changed;
}

async function stored({ _id }: Pick<Appointment, '_id'>): Promise<Appointment> {
  return (await office.services.models.appointments.findById(_id).lean())!;
}

async function ticketOf({ ticketId }: Appointment): Promise<Ticket> {
  return (await office.services.models.tickets.findById(ticketId).lean())!;
}

const mailsTo = (actor: Actor) =>
  office.services.models.mails
    .find({ to: `${actor.staffId.replace('staff-', '')}@contoh.go.id` })
    .sort({ _id: 1 })
    .lean();

describe('what the user hears of a booking', () => {
  it('after their own step in the chat: the papers, and not the same once more (R-C7)', async () => {
    const { _id } = await requested();
    await chat.time(0);
    await take(office.services, _id, THURSDAY, office.clock.now());
    await chat.time(60);
    expect(chat.replies.map((text) => text.split(' ')[0])).toEqual(['📎', '📎']);
    expect(chat.replies[0]).toContain('Konfirmasi-Kedatangan');
    await settleAppointment(office.engine, _id, office.clock.now());
    await chat.time(60);
    chat.expectSilence();
    expect(office.mails.filter(({ to }) => to === 'sari@contoh.go.id')).toHaveLength(1);
    expect((await stored({ _id })).unsettled).toBe(false);
  });

  it('after an agent agreed on a time: the time with the papers; after a move, the new one', async () => {
    const { _id: id } = await requested();
    await chat.time(0);
    const actor = cast.agent;
    await settle(() =>
      bookSession(office.services, { id, startsAt: THURSDAY, actor, now: office.clock.now() }),
    );
    chat.expectReply(
      /Petugas menjadwalkan kunjungan.*Kamis, 12 Maret 2026 pukul 13\.00/,
      /Konfirmasi-Kedatangan/,
    );
    await chat.time(0);
    const startsAt = wib('2026-03-13T09:00');
    await settle(() => bookSession(office.services, { id, startsAt, actor, now: office.clock.now() }));
    chat.expectReply(/memindahkan kunjungan.*Jumat, 13 Maret 2026 pukul 09\.00/);
  });

  it('before it: the day before and two hours before, once, be two processes at it', async () => {
    const { _id } = await scheduled();
    const other = office.anotherEngine();
    await office.until(wib('2026-03-11T08:59'));
    chat.expectSilence();
    office.clock.moveTo(wib('2026-03-11T09:00'));
    const both = [office.engine, other, other];
    await Promise.all(both.map((engine) => watchAndTell(engine, office.clock.now())));
    await Promise.all([office.engine.queue.idle(), other.queue.idle()]);
    await office.until(wib('2026-03-12T10:59'));
    expect(chat.replies).toHaveLength(1);
    chat.expectReply(/Mengingatkan: kunjungan/);
    await office.until(wib('2026-03-12T11:00'));
    expect(chat.replies).toHaveLength(2);
    chat.expectReply(/Sebentar lagi/);
    expect((await stored({ _id })).noticed).toHaveLength(2);
  });

  it('when nobody came: once, in the booking’s words, and the ticket is closed (R-C6)', async () => {
    const visit = await scheduled();
    await office.until(wib('2026-03-12T13:59'));
    await chat.time(0);
    await office.until(wib('2026-03-13T10:00'));
    expect(chat.replies).toHaveLength(1);
    chat.expectReply(/tercatat tidak dihadiri.*surat permintaan baru/);
    expect(await stored(visit)).toMatchObject({ state: 'no-show', unsettled: false });
    expect(await ticketOf(visit)).toMatchObject({
      ...{ status: 'closed', closingPending: false, closeReason: 'tidak hadir tanpa pemberitahuan' },
      ...{ appointment: { state: 'no-show' } },
    });
  });

  it('when it was declined: the reason, once', async () => {
    const { _id: id } = await requested();
    await chat.time(0);
    const reason = 'Sudah dijawab lewat surat.';
    const now = office.clock.now();
    await settle(() => declineAppointment(office.services, { id, actor: cast.agent, reason, now }));
    await chat.time(120);
    const { models } = office.services;
    expect(await models.messages.countDocuments({ direction: 'out', 'content.text': /Sudah dijawab/ })).toBe(
      1,
    );
  });

  it('when the office cancelled it for them: that it is closed, with the reason', async () => {
    const { _id: id } = await scheduled();
    const by = { kind: 'staff', actor: cast.agent } as const;
    const now = office.clock.now();
    await changeAndSettle(office.engine, () =>
      cancelAppointment(office.services, { id, by, reason: 'Pemohon menelepon.', now }),
    );
    await office.time(120);
    const closed = 'ditutup. Keterangan petugas: Pemohon menelepon.';
    expect(chat.replies.filter((text) => text.includes(closed))).toHaveLength(1);
  });

  it('asking where it stands: the time that is agreed', async () => {
    const { ticketNumber } = await scheduled();
    await chat.says(`status tiket ${ticketNumber}`);
    chat.expectReply(
      /· Kunjungan/,
      /terjadwal Kamis, 12 Maret 2026 pukul 13\.00 WIB/,
      /menunggu jadwal sejak/,
    );
  });
});

describe('planning that takes too long (R-B2, R-E2)', () => {
  it('shows as overdue, and is apologised for once; scheduled it is late no more', async () => {
    const { _id: id, ticketNumber: number } = await requested();
    await settleAppointments(office.engine, office.clock.now());
    await chat.time(0);
    await office.until(wib('2026-03-06T07:59'));
    chat.expectSilence();
    const overdue = async () =>
      (await countTickets(office.services, { actor: cast.agent, now: office.clock.now() })).overdue;
    expect(await overdue()).toBe(1);
    await office.until(wib('2026-03-06T08:01'));
    expect(chat.replies).toEqual([
      `Mohon maaf, jadwal untuk permohonan *${number}* belum kami tetapkan sampai batas waktunya, Kamis, 5 Maret 2026 pukul 17.00 WIB (18.00 WITA). ` +
        'Kami berusaha menetapkannya paling lambat Rabu, 11 Maret 2026 pukul 17.00 WIB (18.00 WITA).',
    ]);
    const actor = cast.agent;
    await settle(() =>
      bookSession(office.services, { id, startsAt: THURSDAY, actor, now: office.clock.now() }),
    );
    expect(await overdue()).toBe(0);
    await office.until(wib('2026-03-12T10:00'));
    const { models } = office.services;
    expect(await models.messages.countDocuments({ direction: 'out', 'content.text': /Mohon maaf/ })).toBe(1);
    expect(await models.serviceEvents.countDocuments({ name: 'overdue' })).toBe(1);
  });
});

describe('a date of the planning (R-B2, R-E2)', () => {
  it('missed in the evening and set at night is apologised for as set too late', async () => {
    const { _id } = await requested();
    await settleAppointments(office.engine, office.clock.now());
    await office.until(wib('2026-03-05T20:00'));
    await take(office.services, _id, THURSDAY, office.clock.now());
    await chat.time(60);
    await chat.time(0);
    await office.until(wib('2026-03-06T08:01'));
    chat.expectReply(/^Mohon maaf, jadwal untuk permohonan \*DJPK-2026-000001\* baru ditetapkan setelah/);
    expect(chat.replies).toHaveLength(1);
  });

  it('that moves with a new day off is no matter of whoever knows their day', async () => {
    await scheduled();
    await chat.time(0);
    const actor = await office.agent('pengelola', 'administrator');
    const day = { _id: '2026-03-04', name: 'Kantor tutup', kind: 'office-closing' as const, decree: null };
    await saveHoliday(office.services, { actor, day, now: office.clock.now() });
    await office.until(wib('2026-03-05T10:00'));
    chat.expectSilence();
  });

  it('is that of the minutes once it took place', async () => {
    await scheduled('video-application');
    await office.until(wib('2026-03-31T12:00'));
    chat.expectReply(/Mohon maaf, Berita Acara untuk \*DJPK-2026-000001\* belum kami kirim/);
    expect(chat.replies.filter((text) => text.startsWith('Mohon maaf'))).toHaveLength(1);
  });
});

describe('a conference', () => {
  it('has its letter drafted when it is agreed, begins and ends by itself (R-B4)', async () => {
    const video = await scheduled('video-application');
    const { officialLetters } = office.services.models;
    expect(await officialLetters.find({ appointmentId: video._id }).lean()).toMatchObject([{ kind: 'unit' }]);
    await office.until(wib('2026-03-12T13:10'));
    expect(await stored(video)).toMatchObject({ state: 'under-way' });
    expect(await ticketOf(video)).toMatchObject({ status: 'open', appointment: { state: 'under-way' } });
    await office.until(wib('2026-03-12T14:00'));
    expect(await stored(video)).toMatchObject({ state: 'over' });
  });

  it('ends with its consultant’s report: BAK and recording go to the user, by them and once (R-B6)', async () => {
    const video = await scheduled('video-application');
    const { _id: id } = video;
    const actor = cast.member;
    const report = {
      ...{ id, answer: 'Pagu disalurkan bertahap.', legalBasis: ['PMK Contoh'], actor },
      recordingUrl: 'https://rekaman.example.id/1',
    };
    const early = reportAppointment(office.services, { ...report, now: office.clock.now() });
    expect(await outcome(early)).toBe('step-not-possible');
    await office.until(wib('2026-03-12T15:00'));
    await chat.time(0);
    const now = office.clock.now();
    const stranger = reportAppointment(office.services, { ...report, actor: cast.stranger, now });
    expect(await outcome(stranger)).toBe('not-allowed');
    const empty = reportAppointment(office.services, { ...report, answer: ' ', now });
    expect(await outcome(empty)).toBe('answer-missing');
    const elsewhere = reportAppointment(office.services, { ...report, recordingUrl: 'file:///x', now });
    expect(await outcome(elsewhere)).toBe('invalid-input');
    await settle(() => reportAppointment(office.services, { ...report, now }));
    await office.time(120);
    expect(await stored(video)).toMatchObject({
      ...{ state: 'done', unsettled: false },
      report: { recordingUrl: report.recordingUrl, byId: actor.staffId },
    });
    expect(await ticketOf(video)).toMatchObject({ status: 'resolved', resolvedById: actor.staffId });
    chat.expectReply(/Pagu disalurkan bertahap\./, /📎 BAK-/, /rekaman\.example\.id\/1/);
    const { models } = office.services;
    expect(await models.minutes.find({}).lean()).toMatchObject([{ officerName: actor.name }]);
    const mails = await models.mails.find({ key: /^minutes:/ }).lean();
    expect(mails).toMatchObject([{ text: expect.stringContaining(report.recordingUrl) as string }]);
    const again = reportAppointment(office.services, { ...report, now });
    expect(await outcome(again)).toBe('appointment-over');
  });
});

describe('the consultant', () => {
  it('hears of what they are given, of a new time and of the end, each once', async () => {
    const { _id: id } = await scheduled();
    const consultantId = cast.member.staffId;
    const common = { id, actor: cast.agent };
    const at = () => office.clock.now();
    await settle(() => assignConsultant(office.services, { ...common, consultantId, now: at() }));
    const startsAt = wib('2026-03-13T09:00');
    await settle(() => bookSession(office.services, { ...common, startsAt, now: at() }));
    const by = { kind: 'staff', actor: cast.agent } as const;
    await settle(() => cancelAppointment(office.services, { id, by, now: at() }));
    await office.services.models.appointments.updateOne(
      { _id: id },
      { $set: { settledEntry: 0, unsettled: true } },
    );
    await settleAppointments(office.engine, at());
    const mails = await mailsTo(cast.member);
    expect(mails.map(({ subject }) => subject.split(':')[0])).toEqual([
      ...['Anda ditugaskan sebagai konsultan', 'Jadwal berubah', 'Jadwal dibatalkan'],
    ]);
    expect(mails[1]?.text).toMatch(/Jumat, 13 Maret 2026 pukul 09\.00/);
  });

  it('who is to meet them no more is told so, once; the new one that it is theirs', async () => {
    const { _id: id } = await scheduled();
    const { services } = office;
    const colleague = await addStaff(services, 'tono', 'unit-member');
    await services.models.staff.updateOne({ _id: colleague.staffId }, { unitCode: UNIT });
    const assign = (consultantId: string | null) =>
      settle(() =>
        assignConsultant(services, { id, consultantId, actor: cast.agent, now: office.clock.now() }),
      );
    await assign(cast.member.staffId);
    await assign(colleague.staffId);
    await assign(null);
    await services.models.appointments.updateOne({ _id: id }, { $set: { settledEntry: 0, unsettled: true } });
    await settleAppointments(office.engine, office.clock.now());
    const subjects = async (actor: Actor) =>
      (await mailsTo(actor)).map(({ subject }) => subject.split(':')[0]);
    const said = ['Anda ditugaskan sebagai konsultan', 'Tugas Anda sebagai konsultan dialihkan'];
    expect(await subjects(cast.member)).toEqual(said);
    expect(await subjects(colleague)).toEqual(said);
  });

  it('who took it themselves is told nothing', async () => {
    const { _id: id } = await scheduled();
    const actor = cast.member;
    const consultantId = actor.staffId;
    await settle(() =>
      assignConsultant(office.services, { id, consultantId, actor, now: office.clock.now() }),
    );
    expect(await mailsTo(actor)).toEqual([]);
  });
});
