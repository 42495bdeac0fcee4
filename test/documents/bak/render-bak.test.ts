import { beforeAll, describe, expect, it } from 'vitest';
import { bakDefinition } from '../../../src/documents/bak/bak-definition.js';
import type { BakFacts } from '../../../src/documents/bak/bak-data.js';
import { renderBak } from '../../../src/documents/bak/render-bak.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { readPdf } from '../read-pdf.js';
import { bak } from './sample-bak.js';

const PAPER_WIDTH = 595.28;
const RIGHT_MARGIN = 56;
const NOTE = 'menggantikan karakter yang tidak dapat dicetak';

interface Read {
  pages: readonly string[];
  text: string;
  info: string;
  rightEdge: number;
}

async function read(changes: Partial<BakFacts> = {}): Promise<Read> {
  const { pages, info } = readPdf(await renderBak(bak(changes)));
  const texts = pages.map(({ text }) => text);
  return {
    pages: texts,
    info,
    text: texts.join(' '),
    rightEdge: Math.max(...pages.map((page) => page.rightEdge)),
  };
}

describe('the BAK as PDF (R-A6)', () => {
  it('states office, number, date in words, parties, question, answer and legal basis', async () => {
    const { text } = await read();
    for (const part of [
      'KEMENTERIAN KEUANGAN REPUBLIK INDONESIA',
      'DIREKTORAT JENDERAL PERIMBANGAN KEUANGAN',
      'Contact Center Dering DJPK',
      'BERITA ACARA KONSULTASI Nomor BAK-000123/DJPK/2026',
      'Pada hari ini, Kamis, tanggal lima bulan Maret tahun dua ribu dua puluh enam,',
      'Nama : Sari Contoh, S.E.',
      'Jabatan : Kepala Subbidang Perbendaharaan',
      'Instansi : BPKAD Kabupaten Contoh',
      'Daerah : Kabupaten Contoh',
      'E-mail : sari@contoh.go.id',
      'Telepon : +62 812-0000-0000',
      'Unit kerja : Sekretariat Ditjen PK',
      'Nomor tiket : DJPK-2026-000123',
      'Saluran : Live Chat',
      'Diterima : Senin, 2 Maret 2026 pukul 10.00 WIB',
      'Dijawab : Kamis, 5 Maret 2026 pukul 15.55 WIB',
      'Dokumen apa yang harus kami lengkapi untuk tahap II?',
      'tangkapan-layar.png',
      'Laporan realisasi tahap I yang telah direviu.',
      'Peraturan contoh Nomor 1 Tahun 2024, Pasal 12 ayat (2)',
      'Jakarta, 5 Maret 2026 Petugas, Budi Misal',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('Revisi');
    expect(text).not.toContain(NOTE);
    expect(text).not.toContain('\ufffd');
  });

  it('says that the service is free of charge (R-A7)', async () => {
    expect((await read()).text).toContain('Layanan ini tidak dipungut biaya.');
  });

  it('prints what a reader needs to check it: code, address, fingerprint, and the address as QR code', async () => {
    const data = bak();
    const { text } = await read();
    expect(text).toContain(data.verificationUrl);
    expect(text).toContain('Kode verifikasi: 7KQ4-M2XP');
    expect(text).toContain(data.contentHash);
    expect(JSON.stringify(bakDefinition(data, loadTexts().for('id')).content)).toContain(
      `"qr":"${data.verificationUrl}"`,
    );
  });

  it('numbers the pages and repeats the number of the document on each', async () => {
    const { pages } = await read({ question: 'Pertanyaan yang panjang. '.repeat(400) });
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((page, index) => {
      expect(page).toContain(`Halaman ${index + 1} dari ${pages.length}`);
      expect(page).toContain('BAK-000123/DJPK/2026');
    });
  });

  it('names the revision from the first one on', async () => {
    expect((await read({ revision: 2 })).text).toContain('Revisi ke-2');
  });

  it('gives the same bytes for the same data, and other bytes for other data', async () => {
    const once = await renderBak(bak());
    expect((await renderBak(bak())).equals(once)).toBe(true);
    expect((await renderBak(bak({ answer: 'Lain' }))).equals(once)).toBe(false);
  });

  it('carries title and date of issue, not of printing, in its information', async () => {
    expect((await read()).info).toMatch(/CreationDate \(D:20260305092000Z\)/);
  });

  it('renders several at once without mixing them', async () => {
    const numbers = ['BAK-000001/DJPK/2026', 'BAK-000002/DJPK/2026', 'BAK-000003/DJPK/2026'];
    const texts = await Promise.all(numbers.map(async (number) => (await read({ number })).text));
    texts.forEach((text, index) => {
      for (const number of numbers) expect(text.includes(number)).toBe(number === numbers[index]);
    });
  });
});

describe('the BAK on hard input', () => {
  it('keeps all of a question of 10,000 characters', async () => {
    const words = Array.from({ length: 1_600 }, (_, index) => `k${index}`);
    const question = words.join(' ').padEnd(10_000, ' x');
    const { text } = await read({ question });
    for (const word of words) expect(text).toContain(`${word} `);
  });

  it('breaks long words instead of losing them, in tables and in running text', async () => {
    const { text } = await read({
      question: 'x'.repeat(2_000),
      user: { name: 'N'.repeat(300), position: 'W'.repeat(200) },
    });
    const count = (letter: string): number => text.split(letter).length - 1;
    expect(count('x')).toBeGreaterThanOrEqual(2_000);
    expect(count('N')).toBeGreaterThanOrEqual(300 + 119);
    expect(count('W')).toBeGreaterThanOrEqual(200 + 119);
    expect(text).toContain('Budi Misal Customer Service Officer');
  });

  it('draws nothing beyond the margins', async () => {
    const wide = {
      name: 'W'.repeat(300),
      position: 'W'.repeat(300),
      agency: 'W'.repeat(300),
      email: `${'w'.repeat(200)}@example.id`,
    };
    const { rightEdge } = await read({
      user: wide,
      officer: wide,
      topic: 'W'.repeat(300),
      question: 'W'.repeat(500),
      attachments: ['W'.repeat(300)],
      legalBasis: ['W'.repeat(300)],
    });
    expect(rightEdge).toBeGreaterThan(500);
    expect(rightEdge).toBeLessThanOrEqual(PAPER_WIDTH - RIGHT_MARGIN + 0.5);
  });

  it('shows markup as the text it is', async () => {
    const { text } = await read({
      question: '<b>tebal</b> <script>alert(1)</script> {{name}} $t(bak:title)',
    });
    expect(text).toContain('<b>tebal</b> <script>alert(1)</script> {{name}} $t(bak:title)');
  });

  it('replaces what the font lacks by a visible mark and says so', async () => {
    const { text } = await read({ question: 'Terima kasih 🙏 你好' });
    expect(text).toContain('Terima kasih [emoji] [?]');
    expect(text).toContain(NOTE);
  });

  it('says so when no legal basis is given, and prints a dash for what is unknown', async () => {
    const { text } = await read({ legalBasis: [], attachments: [], user: { name: 'Sari Contoh' } });
    expect(text).toContain('Tidak dicantumkan dasar hukum dalam jawaban ini.');
    expect(text).toContain('Jabatan : - Instansi : - Daerah : - E-mail : - Telepon : -');
    expect(text).not.toContain('Lampiran');
  });

  it('stands with everything empty', async () => {
    const { pages } = await read({
      question: '',
      answer: '',
      topic: '',
      user: { name: '' },
      officer: { name: '' },
    });
    expect(pages.at(-1)).toContain('Halaman 2 dari 2');
  });
});

describe('the page breaks of a BAK, wherever the text ends', () => {
  let papers: Read[];

  beforeAll(async () => {
    const lengths = Array.from({ length: 35 }, (_, index) => 2 * index);
    papers = await Promise.all(lengths.map((lines) => read({ question: 'baris\n'.repeat(lines) })));
  });

  it('span papers of two and of three pages', () => {
    expect(new Set(papers.map(({ pages }) => pages.length))).toEqual(new Set([2, 3]));
  });

  it('keep closing sentence, signatures and QR code on one page', () => {
    for (const { pages } of papers) {
      for (const part of ['Demikian', 'Pengguna Layanan,', 'Petugas,', 'Pemeriksaan keaslian']) {
        expect(pages.at(-1)).toContain(part);
      }
    }
  });

  it('never leave a heading alone at the foot of a page', () => {
    for (const page of papers.flatMap(({ pages }) => pages)) {
      expect(page).not.toMatch(/(PERTANYAAN|JAWABAN|DASAR HUKUM) Kode verifikasi/);
    }
  });
});
