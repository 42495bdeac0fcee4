import type { ParsedMail } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveAndTell } from '../../../src/conversation/close-ticket.js';
import { sendStaffMessage } from '../../../src/conversation/staff-message.js';
import type { Message } from '../../../src/models/message.js';
import type { Ticket } from '../../../src/models/ticket.js';
import { storeFile } from '../../../src/services/files/store-file.js';
import { PDF, PNG } from '../../support/files.js';
import { addStaff } from '../../support/services.js';
import { createEmailWorld, type EmailWorld } from './email-world.js';
import { fixture } from './fixture.js';
import { letter, type LetterParts } from './letter.js';
import { PASS, settled } from './mail-office.js';

let world: EmailWorld;
let latest: ParsedMail | undefined;
beforeEach(async () => {
  latest = undefined;
  world = await createEmailWorld();
});
afterEach(() => world.close());

const QUESTION = 'Kapan DAK Fisik tahap I tahun 2026 disalurkan ke daerah kami?';
const WHO = 'Nama: Sari Contoh\nJabatan: Kepala Bidang Anggaran\nInstansi: BPKAD Kabupaten Gowa';

/** Answers the latest letter of the office as a mail program does: in its thread, quoting it. @returns what came back */
async function replies(text: string, more: LetterParts = {}): Promise<ParsedMail> {
  const quoted = (latest?.text ?? '').replace(/^/gm, '> ');
  const thread = latest
    ? { subject: `Re: ${latest.subject ?? ''}`, references: [...references(latest), latest.messageId ?? ''] }
    : {};
  const whole = latest
    ? `${text}\n\nPada Sen, 2 Mar 2026 pukul 10.00 Contact Center <kantor@dering.example> menulis:\n\n${quoted}`
    : text;
  const sent = await world.writes({ ...thread, text: whole, ...more });
  expect(sent).toHaveLength(1);
  latest = sent[0]!;
  return latest;
}

function references({ references: found = [] }: ParsedMail): string[] {
  return typeof found === 'string' ? [found] : found;
}

const said = (mail: ParsedMail): string => mail.text ?? '';

async function ticket(): Promise<Ticket> {
  const [found] = await world.services.models.tickets.find({}).sort({ _id: -1 }).lean();
  return found!;
}

async function submitted(): Promise<Ticket> {
  await replies(QUESTION, { subject: 'Penyaluran DAK Fisik' });
  await replies(`Setuju\n${WHO}`);
  await replies('1');
  return ticket();
}

const outgoing = (): Promise<Message[]> =>
  world.services.models.messages.find({ direction: 'out' }).sort({ _id: 1 }).lean();

describe('a consultation by letter', () => {
  it('goes from the question to the minutes in three letters of the user', async () => {
    const first = await replies(QUESTION, { subject: 'Penyaluran DAK Fisik' });
    expect(said(first)).toMatch(
      /sudah kami simpan[^]*1\. Setuju[^]*Nama:\nJabatan:\nInstansi:\nDaerah \(bila ada\):/,
    );
    const second = await replies(`Setuju\n${WHO}`);
    expect(said(second)).toMatch(
      /Mohon diperiksa[^]*Daerah: Kabupaten Gowa[^]*Topik: DAK Fisik[^]*1\. Kirim/,
    );
    const third = await replies('1\n\nSalam,\nSari');
    expect(third.subject).toBe('Re: [DJPK-2026-000001] Penyaluran DAK Fisik');
    expect(said(third)).toMatch(/tiket DJPK-2026-000001[^]*Rabu, 4 Maret 2026/);
    expect(await ticket()).toMatchObject({
      channel: 'email',
      question: `Penyaluran DAK Fisik\n\n${QUESTION}`,
    });

    const actor = await addStaff(world.services, 'rina', 'agent');
    const answered = {
      number: 'DJPK-2026-000001',
      actor,
      answer: 'Paling lambat Juli.',
      legalBasis: ['PMK Contoh 1/2026'],
    };
    await sendStaffMessage(world.engine, {
      number: answered.number,
      actor,
      clientId: 'balasan-1',
      text: 'Kami periksa dulu.',
      now: world.clock.now(),
    });
    const mails = await world.time(60);
    await resolveAndTell(world.engine, { ...answered, now: world.clock.now() });
    mails.push(...(await world.time(120)));
    const minutes = mails.filter(({ subject }) => subject?.startsWith('Berita Acara') === true);
    const letters = mails.filter((mail) => !minutes.includes(mail));
    expect(minutes).toHaveLength(1);
    expect(letters).toHaveLength(2);
    expect(said(letters[0]!)).toContain('Kami periksa dulu.\n\nHormat kami,\nrina Contoh');
    latest = letters[1]!;
    expect(said(latest)).toMatch(/sudah dijawab:\n\nPaling lambat Juli\.[^]*PMK Contoh[^]*5\. Sangat puas/);
    expect(latest.attachments).toMatchObject([{ contentType: 'application/pdf' }]);
    expect(said(await replies('5'))).toMatch(/penilaian/);
    expect(await ticket()).toMatchObject({ status: 'resolved', rating: { score: 5 } });
    expect(await world.sends(fixture('dsn-unknown-user', minutes[0]?.messageId))).toEqual([]);
    const mail = await world.services.models.mails.findOne({ ticketId: (await ticket())._id }).lean();
    expect(mail).toMatchObject({ state: 'failed', reason: 'returned-5.1.1' });
  });

  it('needs two letters when the first says who writes', async () => {
    await replies(`${QUESTION} Tembusan ke budi@contoh.example.\n\n${WHO}`, { subject: 'DAK Fisik' });
    expect(said(latest!)).not.toContain('Jabatan:\n');
    expect(said(await replies('Saya setuju.'))).toMatch(/Mohon diperiksa[^]*Nama: Sari Contoh/);
    expect(said(latest!)).toContain('E-mail: sari@contoh.go.id');
  });

  it('asks for all that is missing in one letter', async () => {
    await replies(QUESTION);
    const asked = await replies('Setuju');
    expect(said(asked)).toMatch(/Mohon lengkapi[^]*Nama:\nJabatan:\nInstansi:/);
    const left = await replies('Nama: Sari Contoh\nJabatan: Kepala Bidang');
    expect(said(left)).toMatch(/Mohon lengkapi[^]*Instansi:/);
    expect(said(left)).not.toMatch(/Telepon \(bila ada\)/);
    expect(said(await replies('BPKAD Kabupaten Gowa'))).toMatch(/Mohon diperiksa/);
  });

  it('answers a letter with three files by one letter, and its ticket has them', async () => {
    const files = ['Surat.pdf', 'Lampiran.pdf'].map((name) => ({
      name,
      type: 'application/pdf',
      bytes: PDF,
    }));
    await replies(QUESTION, {
      subject: 'DAK',
      files: [...files, { name: 'Layar.png', type: 'image/png', bytes: PNG }],
    });
    await replies(`Setuju\n${WHO}`);
    expect(said(latest!)).toMatch(/Surat\.pdf[^]*Lampiran\.pdf[^]*Layar\.png/);
    await replies('Kirim');
    expect((await ticket()).attachments).toHaveLength(3);
  });

  it('of somebody known needs no identity, and an addition goes to the open ticket', async () => {
    const first = await submitted();
    expect(said(await replies('Tambahan: laporan realisasi sudah kami unggah.'))).toMatch(
      /diteruskan ke petugas untuk tiket/,
    );
    const again = await replies(`konsultasi\n${QUESTION.replace('DAK Fisik', 'Dana Desa')}`);
    expect(said(again)).toMatch(/Mohon diperiksa[^]*Nama: Sari Contoh[^]*Topik: Dana Desa/);
    await replies('1');
    expect((await ticket()).number).not.toBe(first.number);
  });

  it('under the address of somebody known is not theirs unless their domain vouches for it', async () => {
    const { contactId } = await submitted();
    await world.writes({ headers: [], subject: 'Lain', text: 'Apa status tiket saya?' });
    const address = /^sari@contoh\.go\.id [0-9a-f]{12}$/;
    const stranger = await world.services.models.conversations.findOne({ address }).lean();
    expect(stranger).toMatchObject({
      contactId: null,
      consentAt: null,
      profile: { email: 'sari@contoh.go.id' },
    });
    expect(stranger?.vouched).toBeUndefined();

    await world.writes({ subject: 'Lagi', text: 'Apa status tiket saya?' });
    const own = await world.services.models.conversations.findOne({ address: 'sari@contoh.go.id' }).lean();
    expect(own).toMatchObject({ contactId, vouched: { email: 'sari@contoh.go.id' } });
  });

  it('goes on in English where it began so', async () => {
    const first = await replies('Hello, when will the village fund be disbursed to our region this year?');
    expect(said(first)).toMatch(/^Dear Sir or Madam,[^]*1\. I agree[^]*Name:\nPosition:/);
  });
});

describe('a letter of an agent', () => {
  it('is one, with its files, also when the bot is still gathering', async () => {
    const { number } = await submitted();
    const { services, clock } = world;
    const actor = await addStaff(services, 'rina', 'agent');
    const file = await storeFile(services, {
      content: PDF,
      name: 'Formulir.pdf',
      conversationId: null,
      now: clock.now(),
    });
    await sendStaffMessage(world.engine, {
      number,
      actor,
      clientId: 'berkas-1',
      text: 'Mohon diisi *lengkap*.',
      fileIds: [file.fileId],
      now: clock.now(),
    });
    const [mail, ...others] = await world.time(60);
    expect(others).toEqual([]);
    expect(said(mail!)).toContain('Mohon diisi *lengkap*.');
    expect(mail?.attachments).toMatchObject([{ filename: 'Formulir.pdf' }]);
    expect(mail?.headers.has('auto-submitted')).toBe(false);
  });
});

describe('an answer', () => {
  it('that the mail server takes later is the same letter, sent once', async () => {
    world.smtp.next.push('refuse', 'refuse');
    const sent = await world.writes({ text: QUESTION });
    expect(sent).toHaveLength(1);
    expect(
      (await outgoing()).every(({ delivery }) => delivery?.state === 'sent' && delivery.attempts === 3),
    ).toBe(true);
  });

  it('whose acknowledgement was lost is repeated under the same Message-ID, with nothing added', async () => {
    world.smtp.next.push('cut');
    const sent = await world.writes({ text: QUESTION });
    expect(sent).toHaveLength(2);
    expect(sent[1]?.messageId).toBe(sent[0]?.messageId);
    expect(sent[1]?.text).toBe(sent[0]?.text);
  });

  it('that is refused for good is shown as failed, with the reason', async () => {
    world.smtp.next.push('bounce');
    await world.writes({ text: QUESTION });
    const lines = await outgoing();
    expect(new Set(lines.map(({ delivery }) => `${delivery?.state} ${delivery?.reason}`))).toEqual(
      new Set(['failed recipient-refused']),
    );
  });

  it('that comes back is shown as failed, the address as undeliverable', async () => {
    const [sent] = await world.writes({ text: QUESTION });
    await world.sends(fixture('dsn-unknown-user', sent?.messageId));
    expect((await outgoing()).map(({ delivery }) => delivery?.reason)).toContain('returned-5.1.1');
    const notes = await world.services.models.messages.find({ direction: 'note' }).sort({ _id: 1 }).lean();
    expect(notes.at(-1)?.content).toMatchObject({
      text: expect.stringContaining('tidak dapat dikirimi') as string,
    });
  });

  it('is given once, whatever ends the process and however often the letter comes', async () => {
    const source = letter({ headers: [PASS], text: QUESTION });
    await world.sends(source);
    await world.crashAndRestart();
    expect(await world.sends(source)).toEqual([]);
    expect(await world.time(600)).toEqual([]);
  });

  it('that a crash left in the outbox is sent by the next process', async () => {
    world.imap.arrive(letter({ headers: [PASS], text: QUESTION }), world.clock.now());
    await settled(() => world.imap.folder('INBOX').mails.length === 0);
    await world.engine.queue.idle();
    expect(world.smtp.received).toEqual([]);
    await world.crashAndRestart();
    expect(await world.time(60)).toHaveLength(1);
  });
});

describe('a complaint by letter (R-A8)', () => {
  const COMPLAINT = 'Saya mau mengadu. Telepon kami tidak pernah diangkat selama tiga hari.';

  it('is anonymous in four letters of the user, and nothing is kept of whose it is', async () => {
    await replies(COMPLAINT, { subject: 'Pengaduan' });
    expect(said(await replies('Setuju'))).toMatch(/dengan nama[^]*Arti anonim[^]*2\. Anonim/);
    expect(said(await replies('2'))).toMatch(/Pelapor[^]*anonim[^]*tidak pernah diangkat[^]*1\. Kirim/);
    expect(said(await replies('1'))).toMatch(/Pengaduan Bapak\/Ibu sudah dicatat/);
    expect(await ticket()).toMatchObject({
      kind: 'complaint',
      anonymous: true,
      profile: {},
      contactId: null,
    });
  });
});
