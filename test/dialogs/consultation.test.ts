import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agreed,
  asked,
  createOffice,
  submitted,
  summarised,
  twinOf,
  WHO_I_AM,
  type Chat,
  type Office,
} from '../support/conversation.js';
import { PDF, PNG } from '../support/files.js';

let office: Office;
/** One person at the menu, one at the question, one at the summary: each test continues with a twin of one of them. */
const at: { menu?: Chat; question?: Chat; summary?: Chat } = {};
beforeAll(async () => {
  office = await createOffice();
  at.menu = await agreed(office.chat());
  at.question = await asked(office.chat());
  at.summary = await summarised(office.chat());
});
afterAll(async () => office.close());

async function person(place: keyof typeof at): Promise<Chat> {
  return twinOf(office, at[place] ?? expect.fail('prepared'));
}

/** At the question for the e-mail address. */
async function atEmail(): Promise<Chat> {
  const chat = await person('menu');
  await chat.says('1', 'Sari Contoh', 'Kepala Bidang', 'BPKAD Kabupaten Gowa');
  chat.expectReply(/alamat e-mail mana/);
  return chat;
}

describe('a consultation in Indonesian', () => {
  it('goes from "halo" to the ticket number and the date of the answer, one thing at a time (R-A1 to R-A3)', async () => {
    const chat = office.chat();
    await chat.says('halo');
    chat.expectReply(/^Selamat pagi, Bapak\/Ibu\. Saya Dering/, /UU 27\/2022/, /setuju\?/);
    await chat.says('setuju');
    chat.expectReply(/persetujuan sudah dicatat/, /Ada yang dapat saya bantu/);
    await chat.says('1');
    chat.expectReply(/beberapa data dulu/, /nama lengkap/);
    await chat.says('Sari Contoh');
    chat.expectReply(/Bapak\/Ibu Sari Contoh\. Apa jabatan/);
    await chat.says('Kepala Bidang Anggaran');
    chat.expectReply(/instansi apa/);
    await chat.says('Badan Keuangan Daerah');
    chat.expectReply(/provinsi, kabupaten, atau kota/);
    await chat.says('Gowa');
    chat.expectReply(/e-mail/);
    await chat.says('sari@contoh.go.id');
    chat.expectReply(/telepon/);
    await chat.says('0812 3456 7890');
    chat.expectReply(/Tentang apa/);
    await chat.says('3');
    chat.expectReply(/tuliskan pertanyaannya/);
    await chat.says('Kapan DAK Fisik tahap I disalurkan?', 'Kontrak kami terlambat.');
    await chat.sendsFile('kontrak.pdf', PDF);
    await chat.sendsFile('foto lokasi.png', PNG, 'Papan proyek');
    await chat.says('selesai');
    chat.expectReply(
      /• Nama: Sari Contoh\n• Jabatan: Kepala Bidang Anggaran\n• Instansi: Badan Keuangan Daerah/,
      /• Daerah: Kabupaten Gowa, Sulawesi Selatan\n• E-mail: sari@contoh\.go\.id\n• Telepon: \+6281234567890\n• Topik: DAK Fisik/,
      /Kapan DAK Fisik tahap I disalurkan\?\nKontrak kami terlambat\.\nPapan proyek\n📎 kontrak\.pdf\n📎 foto lokasi\.png/,
    );
    await chat.says('kirim');
    const ticket = await chat.ticket();
    chat.expectReply(
      ticket.number,
      /Rabu, 4 Maret 2026 pukul 17\.00 WIB \(18\.00 WITA\)/,
      /sari@contoh\.go\.id/,
    );
    expect(ticket).toMatchObject({ status: 'open', kind: 'consultation', topicCode: 'dak-fisik' });
    expect(ticket.question).toBe(
      'Kapan DAK Fisik tahap I disalurkan?\nKontrak kami terlambat.\nPapan proyek',
    );
    expect(ticket.attachments.map(({ name }) => name)).toEqual(['kontrak.pdf', 'foto lokasi.png']);
  });

  it('takes everything from one message and asks only what is missing', async () => {
    const chat = await person('menu');
    await chat.says('konsultasi', WHO_I_AM);
    chat.expectReply(/Tentang apa/);
  });

  it('keeps a question that came first and suggests its topic', async () => {
    const chat = await person('menu');
    await chat.says('Bagaimana cara menghitung DAK Fisik yang kurang salur di daerah kami?');
    chat.expectReply(/pertanyaan Bapak\/Ibu sudah saya simpan/);
    await chat.says(WHO_I_AM);
    chat.expectReply(/Sepertinya tentang \*DAK Fisik\*/);
    await chat.says('ya');
    chat.expectReply(/Bagaimana cara menghitung DAK Fisik/, /Ada tambahan\?/);
    await chat.says('selesai', '1');
    expect((await chat.ticket()).question).toMatch(/^Bagaimana cara menghitung/);
  });

  it('knows a returning contact and only confirms', async () => {
    const chat = await submitted(office.chat());
    await chat.says('halo');
    chat.expectReply(/Selamat (pagi|siang), Bapak\/Ibu Sari Contoh\./);
    await chat.says('1');
    chat.expectReply(/Data yang kami miliki:[^]*Sari Contoh[^]*Apakah masih benar\?/);
    await chat.says('masih benar');
    chat.expectReply(/Tentang apa/);
  });

  it('only confirms with a returning contact who has no e-mail, region or telephone either', async () => {
    const chat = await person('menu');
    await chat.says('1', 'Sari Contoh', 'Kepala Bidang', 'Badan Contoh', 'bukan dari pemda');
    await chat.says('tidak ada', 'tidak ada', 'DAU', 'Kapan DAU disalurkan?', 'selesai', 'kirim');
    chat.expectReply(/DJPK-\d{4}-\d{6}/);
    await chat.says('konsultasi');
    chat.expectReply(/Data yang kami miliki:[^]*E-mail: –[^]*Apakah masih benar\?/);
  });

  it('corrects one part of a returning contact', async () => {
    const chat = await submitted(office.chat());
    await chat.says('konsultasi', 'jabatan saya sudah ganti');
    chat.expectReply(/jabatan yang benar/);
    await chat.says('Sekretaris');
    chat.expectReply(/Tentang apa/);
    await chat.says('DAK Fisik', 'Apakah tahap II sudah dibuka?', 'selesai');
    chat.expectReply(/• Jabatan: Sekretaris/);
  });
});

describe('identity', () => {
  it.each([
    ['email', 'sari@', /belum lengkap/],
    ['email', 'tidak hafal', /belum lengkap|e-mail/],
  ])('says how a wrong %s (%s) is written', async (_slot, text, reply) => {
    const chat = await atEmail();
    await chat.says(text);
    chat.expectReply(reply);
  });

  it('offers a mistyped e-mail back also when it came along with everything else', async () => {
    const chat = await agreed(office.chat());
    await chat.says('konsultasi');
    await chat.says(
      'Saya Siti Aminah, Kabid Anggaran BPKAD Kab. Gowa, email siti@gmial.com, hp 081234567890',
    );
    chat.expectReply(/Apakah maksudnya \*siti@gmail\.com\*\?/);
    await chat.says('ya');
    chat.expectReply(/Tentang apa konsultasinya/);
  });

  it('offers a mistyped e-mail address back', async () => {
    const chat = await atEmail();
    await chat.says('sari@gmial.com');
    chat.expectReply(/Apakah maksudnya \*sari@gmail\.com\*\?/);
    await chat.says('ya');
    chat.expectReply(/telepon/);
    await chat.says('tidak ada', 'DAK Fisik', 'Kapan disalurkan tahap satunya?', 'selesai');
    chat.expectReply(/E-mail: sari@gmail\.com/, /Telepon: –/);
  });

  it('asks again when the offered address is not it', async () => {
    const chat = await atEmail();
    await chat.says('sari@gmial.com', 'bukan');
    chat.expectReply(/e-mail/);
    await chat.says('sari@contoh.go.id');
    chat.expectReply(/telepon/);
  });

  it('asks which region when a name means several', async () => {
    const chat = await person('menu');
    await chat.says('1', 'Sari Contoh', 'Kepala Bidang', 'Badan Keuangan Daerah', 'Bandung');
    chat.expectReply(/Yang mana\?/);
    expect(chat.choices.map(({ title }) => title)).toEqual([
      'Kabupaten Bandung, Jawa Barat',
      'Kota Bandung, Jawa Barat',
    ]);
    await chat.says('2');
    chat.expectReply(/e-mail/);
    expect(JSON.stringify((await chat.conversation()).stack)).toContain('Kota Bandung, Jawa Barat');
  });

  it('helps with an unknown region, a wrong phone number and a name without letters', async () => {
    const chat = await person('menu');
    await chat.says('1', '12345');
    chat.expectReply(/nama lengkap dengan huruf/);
    await chat.says('Sari Contoh', 'Kepala Bidang', 'Badan Keuangan Daerah', 'Atlantis Raya');
    chat.expectReply(/belum saya temukan.*Kabupaten Gowa/);
    await chat.says('Kota Makassar', 'sari@contoh.go.id', '12');
    chat.expectReply(/Nomor itu belum lengkap/);
  });

  it.each([
    ['Plt. Kepala Bidang (Anggaran)', 'Dinas PU (Bina Marga) Kab. Gowa'],
    ['Kepala Seksi Pajak/Retribusi', 'Bappenda / Badan Pendapatan Daerah'],
  ])('keeps a post and an office whole: %s, %s', async (position, agency) => {
    const chat = await person('menu');
    await chat.says('1', 'Sari Contoh', position, agency);
    const stack = JSON.stringify((await chat.conversation()).stack);
    expect(stack).toContain(position);
    expect(stack).toContain(agency);
  });

  it('needs a name, whatever the user skips', async () => {
    const chat = await person('menu');
    await chat.says('1', 'lewati');
    chat.expectReply(/Nama diperlukan/, /nama lengkap/);
  });

  it('offers a person at the third answer it does not understand', async () => {
    const chat = await atEmail();
    await chat.says('x', 'y');
    expect(chat.choices.map(({ id }) => id)).not.toContain('command:agent');
    await chat.says('z');
    expect(chat.choices.map(({ id }) => id)).toContain('command:agent');
  });

  it('keeps a file sent meanwhile for the question', async () => {
    const chat = await atEmail();
    await chat.sendsFile('surat.pdf', PDF);
    chat.expectReply(/Berkas sudah saya simpan/, /e-mail/);
    await chat.says('sari@contoh.go.id', 'tidak ada', 'DAK Fisik', 'selesai');
    chat.expectReply(/tuliskan juga apa yang ditanyakan/);
    await chat.says('Mohon arahan atas surat ini.', 'selesai', '1');
    expect((await chat.ticket()).attachments.map(({ name }) => name)).toEqual(['surat.pdf']);
  });
});

describe('the question', () => {
  it('counts as written after a pause', async () => {
    const chat = await person('question');
    await chat.says('Kapan tahap satu disalurkan?');
    await chat.time(89);
    chat.expectSilence();
    await chat.time(1);
    chat.expectReply(/Mohon diperiksa/);
  });

  it('counts as written after a pause even when the user asked for help in between', async () => {
    const chat = await person('question');
    await chat.says('Kapan tahap satu disalurkan?', 'bantuan');
    await chat.time(90);
    chat.expectReply(/Mohon diperiksa/);
  });

  it('is not ended by a pause before anything is written', async () => {
    const chat = await person('question');
    await chat.time(3600);
    chat.expectSilence();
  });

  it('goes on after the summary: what is added is noted and shown again', async () => {
    const chat = await person('summary');
    await chat.says('Satu lagi: bagaimana dengan tahap II?');
    chat.expectReply(/saya tambahkan/);
    await chat.time(90);
    chat.expectReply(/tahap I disalurkan\?\nSatu lagi: bagaimana dengan tahap II\?/);
  });

  it.each(['kirim', 'Kirim sekarang', 'ya, tolong dikirim', 'ok', 'sudah benar', '1'])(
    'is sent by "%s" under the summary',
    async (word) => {
      const chat = await person('summary');
      await chat.says(word);
      chat.expectReply(/DJPK-2026-/);
      expect((await chat.ticket()).question).toBe('Kapan DAK Fisik tahap I disalurkan?');
    },
  );

  it('is sent once, though the button is pressed twice', async () => {
    const chat = await person('summary');
    await chat.sends({ kind: 'choice', choice: 'send', text: 'Kirim' });
    await chat.sends({ kind: 'choice', choice: 'send', text: 'Kirim' });
    expect(await chat.tickets()).toHaveLength(1);
  });
});

describe('changing a part at the summary', () => {
  it.each([
    ['name', 'Rina Contoh', /Nama: Rina Contoh/],
    ['position', 'Sekretaris', /Jabatan: Sekretaris/],
    ['agency', 'Inspektorat', /Instansi: Inspektorat/],
    ['region', 'Kota Makassar', /Daerah: Kota Makassar, Sulawesi Selatan/],
    ['email', 'rina@contoh.go.id', /E-mail: rina@contoh\.go\.id/],
    ['phone', '0813 0000 1111', /Telepon: \+6281300001111/],
    ['topic', 'Dana Desa', /Topik: Dana Desa/],
  ])('%s', async (part, answer, shown) => {
    const chat = await person('summary');
    await chat.presses('change');
    await chat.presses(`change:${part}`);
    await chat.says(answer);
    chat.expectReply(/Mohon diperiksa/, shown);
  });

  it('the question', async () => {
    const chat = await person('summary');
    await chat.says('2', 'pertanyaan', 'Apakah tahap II sudah dibuka?', 'selesai');
    chat.expectReply(/\*Pertanyaan\*\nApakah tahap II sudah dibuka\?\n/);
  });

  it('in words, without the menu of parts', async () => {
    const chat = await person('summary');
    await chat.says('eh emailnya salah');
    chat.expectReply(/alamat e-mail yang benar/);
    await chat.says('benar@contoh.go.id');
    chat.expectReply(/E-mail: benar@contoh\.go\.id/);
  });

  it('takes an e-mail address away when the user says there is none', async () => {
    const chat = await person('summary');
    await chat.presses('change');
    await chat.presses('change:email');
    await chat.presses('skip');
    chat.expectReply(/E-mail: –/);
    await chat.says('1');
    chat.expectReply(/Jawaban dan Berita Acara Konsultasi \(BAK\) kami kirim di sini\./);
  });
});

describe('the topic', () => {
  it.each([
    ['3', 'dak-fisik'],
    ['nomor 5', 'dana-desa'],
    ['Dana Desa', 'dana-desa'],
    ['soal pajak daerah', 'pajak-retribusi'],
  ])('is chosen by "%s"', async (word, topicCode) => {
    const chat = await person('menu');
    await chat.says('1', WHO_I_AM, word, 'Mohon penjelasan aturannya.', 'selesai', '1');
    expect((await chat.ticket()).topicCode).toBe(topicCode);
  });

  it('can be another than the one suggested', async () => {
    const chat = await person('menu');
    await chat.says(
      'Bagaimana cara menghitung DAK Fisik yang kurang salur di daerah kami?',
      WHO_I_AM,
      'bukan',
    );
    chat.expectReply(/Tentang apa/);
    await chat.says('Lainnya', 'selesai');
    chat.expectReply(/Topik: Lainnya/);
  });
});

describe('a consultation in English', () => {
  it('is led in English to the end, and the mail address is used', async () => {
    const chat = office.chat();
    await chat.says('Good morning, I would like to ask something');
    chat.expectReply(/Good (morning|afternoon)\. I am Dering/, /Do you agree\?/);
    await chat.says('I agree');
    await chat.says(
      ...(chat.lastReply.includes('full name') ? [] : ['consultation']),
      'Sari Contoh',
      'Head of Budget',
    );
    chat.expectReply(/Which agency/);
    await chat.says('BPKAD Kabupaten Gowa', 'sari@contoh.go.id', 'none', 'Village Fund');
    await chat.says('When is the next disbursement?', 'done');
    chat.expectReply(/Please check/, /Region: Kabupaten Gowa/);
    await chat.says('send it');
    chat.expectReply(/recorded as ticket \*DJPK-2026-\d{6}\*/, /Wednesday, 4 March 2026 at 17:00 WIB/);
    expect((await chat.ticket()).language).toBe('en');
  });

  it('can be chosen in the middle of a form, and left again', async () => {
    const chat = await atEmail();
    await chat.says('in English please');
    chat.expectReply(/continue in English/, /To which e-mail address/);
    await chat.says('bahasa Indonesia');
    chat.expectReply(/Bahasa Indonesia/, /alamat e-mail mana/);
    await chat.says('sari@contoh.go.id');
    chat.expectReply(/telepon/);
  });
});

describe('a question about the service in the middle of a form', () => {
  it('is answered, and the form goes on', async () => {
    const chat = await atEmail();
    await chat.says('jam bukanya sampai kapan?');
    chat.expectReply(/Jam layanan/, /alamat e-mail mana/);
    await chat.says('sari@contoh.go.id');
    chat.expectReply(/telepon/);
  });
});
