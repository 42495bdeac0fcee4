import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import { requestAppointment } from '../../../src/services/appointments/request-appointment.js';
import { PDF } from '../../support/files.js';
import { createEmailWorld, type EmailWorld } from './email-world.js';

let world: EmailWorld;
beforeEach(async () => {
  world = await createEmailWorld();
});
afterEach(() => world.close());

const LETTER = { name: 'Surat.pdf', type: 'application/pdf', bytes: PDF };
const FACTS =
  'Nomor 900/12/BPKAD tanggal 24 Februari 2026, dari Bupati Gowa, kepada Direktur Jenderal Perimbangan Keuangan';

/** A request made in the live chat, whose letter is still to come. */
async function awaiting(email = 'sari@contoh.go.id', key = 'one'): Promise<Appointment> {
  const now = world.clock.now();
  const { services } = world;
  await services.models.conversations.create({
    ...{ _id: `chat-${key}`, channel: 'web-chat', account: 'web-chat', address: `visitor-${key}` },
    ...{ createdAt: now },
  });
  const request = await requestAppointment(services, {
    ...{ key, kind: 'visit', conversation: { _id: `chat-${key}`, channel: 'web-chat', contactId: null } },
    profile: { name: 'Sari Contoh', position: 'Kabid', agency: 'BPKAD Kabupaten Gowa', email },
    ...{ language: 'id', topicCode: 'dau', purpose: `penyaluran DAU ${key}`, kanwil: null, letter: null },
    ...{ receivedAt: now, now },
  });
  await world.time(10);
  return request;
}

async function asItStands({ _id }: Appointment): Promise<Appointment> {
  const found = await world.services.models.appointments.findById(_id).lean();
  return found ?? expect.fail('gone');
}

/** What the chat the request was made in has heard. */
async function heardInChat({ conversationId }: Appointment): Promise<unknown[]> {
  const events = await world.services.models.messages.find({ conversationId, direction: 'event' }).lean();
  return events.map(({ content }) => content.kind === 'event' && content.event.news);
}

describe('the letter of a request that was made in the chat (R-B1, R-C1)', () => {
  it('is joined by the ticket number in the subject where several wait, and the chat hears it', async () => {
    const other = await awaiting('sari@contoh.go.id', 'other');
    const request = await awaiting();
    const subject = `Surat permintaan ${request.ticketNumber}`;
    const sent = await world.writes({ subject, text: FACTS, files: [LETTER] });
    expect(sent.map(({ text }) => text)).toEqual([expect.stringContaining('sudah dilampirkan')]);
    expect(await asItStands(request)).toMatchObject({
      state: 'planning',
      letter: { number: '900/12/BPKAD', date: '2026-02-24', sender: 'Bupati Gowa', via: 'email' },
    });
    expect(await heardInChat(request)).toContain('letter');
    expect(await asItStands(other)).toMatchObject({ state: 'awaiting-letter' });
    expect(await world.services.models.appointments.countDocuments({})).toBe(2);
  });

  it.each([
    ['another address', { from: 'Tata Usaha <tu@contoh.go.id>' }],
    ['its own address that nobody vouches for', { headers: [] }],
  ])('goes to people where it comes from %s: a number can be guessed', async (_case, sender) => {
    const request = await awaiting();
    const before = await asItStands(request);
    const subject = `Surat permintaan ${request.ticketNumber}`;
    const [first, ...more] = await world.writes({ subject, text: FACTS, files: [LETTER], ...sender });
    expect(more).toEqual([]);
    expect(first?.text).toMatch(/petugas akan mencocokkan[^]*Setuju/);
    expect(first?.text).not.toMatch(/Sari Contoh|penyaluran DAU/);
    const references = [first?.messageId ?? ''];
    const agreed = await world.writes({
      subject: `Re: ${subject}`,
      references,
      text: 'Setuju',
      ...sender,
    });
    expect(agreed.map(({ text }) => text)).toEqual([expect.stringMatching(/petugas akan membalas/)]);
    const { models } = world.services;
    const [ticket] = await models.tickets.find({ kind: 'assistance' }).lean();
    const files = await models.messages
      .find({ conversationId: ticket?.conversationId ?? '', 'content.kind': 'file' })
      .lean();
    expect(files).toMatchObject([{ content: { name: 'Surat.pdf' } }]);
    const again = await world.writes({ subject, text: FACTS, files: [LETTER], ...sender });
    expect(again.map(({ text }) => text).join()).not.toMatch(/sudah dilampirkan|Mohon lengkapi/);
    expect(await asItStands(request)).toEqual(before);
    expect(await heardInChat(request)).not.toContain('letter');
  });

  it('is not joined by an address that anybody could write above it', async () => {
    const request = await awaiting();
    const [first] = await world.writes({
      ...{ headers: [], subject: 'Surat permintaan', text: FACTS, files: [LETTER] },
    });
    expect(first?.text).not.toContain(request.ticketNumber);
    expect(await asItStands(request)).toMatchObject({ state: 'awaiting-letter', letter: null });
  });

  it('is joined by the address of who asked, and what is missing is asked for in one letter', async () => {
    const request = await awaiting();
    const first = await world.writes({ subject: 'Surat permintaan', text: 'Terlampir.', files: [LETTER] });
    expect(first.map(({ text }) => text)).toEqual([
      expect.stringMatching(/Nomor surat:\nTanggal surat:\nKepada:\nDari:/),
    ]);
    expect(await asItStands(request)).toMatchObject({ state: 'awaiting-letter' });
    const second = await world.writes({
      ...{ subject: 'Re: Surat permintaan', references: [first[0]?.messageId ?? ''] },
      text: 'Nomor surat: 900/12/BPKAD\nTanggal surat: 24 Februari 2026\nKepada: Dirjen PK\nDari: Bupati Gowa',
    });
    expect(second.map(({ text }) => text)).toEqual([expect.stringContaining(request.ticketNumber)]);
    expect(await asItStands(request)).toMatchObject({ state: 'planning' });
  });

  it('of several requests is asked for which one', async () => {
    const one = await awaiting('sari@contoh.go.id', 'one');
    const two = await awaiting('sari@contoh.go.id', 'two');
    const asked = await world.writes({ subject: 'Surat permintaan', text: FACTS, files: [LETTER] });
    expect(asked[0]?.text).toMatch(/untuk permintaan yang mana[^]*1\. DJPK[^]*2\. DJPK/);
    await world.writes({
      subject: 'Re: Surat permintaan',
      references: [asked[0]?.messageId ?? ''],
      text: '2',
    });
    expect(await asItStands(one)).toMatchObject({ state: 'awaiting-letter' });
    expect(await asItStands(two)).toMatchObject({ state: 'planning' });
  });

  it('without a file is asked to be enclosed', async () => {
    const request = await awaiting();
    const sent = await world.writes({ subject: `Surat ${request.ticketNumber}`, text: FACTS });
    expect(sent[0]?.text).toMatch(/Mohon lampirkan/);
    expect(await asItStands(request)).toMatchObject({ state: 'awaiting-letter' });
  });

  it('is nobody else’s: a number that waits for none is no way in', async () => {
    await awaiting();
    const sent = await world.writes({
      from: 'Budi <budi@contoh.example>',
      subject: 'DJPK-2026-999999',
      text: FACTS,
    });
    expect(sent[0]?.text).toMatch(/setuju/i);
  });
});

describe('a whole request by letter', () => {
  it('is taken there as well, from the letter to the confirmed time', async () => {
    const who = 'Nama: Sari Contoh\nJabatan: Kepala Bidang Anggaran\nInstansi: BPKAD Kabupaten Gowa';
    const files = [LETTER];
    const text = `Kami bermaksud melakukan kunjungan untuk membahas penyaluran DAU.\n${FACTS}.\n\n${who}`;
    let sent = await world.writes({ subject: 'Permohonan audiensi', text, files });
    const answer = async (words: string): Promise<string> => {
      const latest = sent.at(-1);
      sent = await world.writes({
        ...{ subject: `Re: ${latest?.subject ?? ''}`, references: [latest?.messageId ?? ''], text: words },
      });
      return sent.at(-1)?.text ?? '';
    };
    expect(await answer('Setuju')).toMatch(/DJPK-2026-000001[^]*1\. Kamis, 5 Maret 2026/);
    expect(await answer('1')).toMatch(/saya tahan sampai[^]*Siapa saja yang akan datang/);
    expect(await answer('saya sendiri dan Budi Contoh, Kasubbag')).toMatch(/Mohon diperiksa/);
    expect(await answer('Konfirmasi')).toMatch(/Terjadwal/);
    const [appointment] = await world.services.models.appointments.find({}).lean();
    expect(appointment).toMatchObject({
      state: 'scheduled',
      kind: 'visit',
      guests: [{}, { name: 'Budi Contoh' }],
    });
  });
});
