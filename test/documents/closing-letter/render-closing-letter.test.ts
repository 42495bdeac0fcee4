import { describe, expect, it } from 'vitest';
import type { ClosingLetterFacts } from '../../../src/documents/closing-letter/closing-letter-data.js';
import { renderClosingLetter } from '../../../src/documents/closing-letter/render-closing-letter.js';
import { bak, facts } from '../bak/sample-bak.js';
import { readPdf } from '../read-pdf.js';

async function read(changes: Partial<ClosingLetterFacts> = {}): Promise<string> {
  const { kind = 'complaint', ...rest } = changes;
  const letter = { ...bak({ number: 'SP-000007/DJPK/2026', topic: 'petugas telepon', ...rest }), kind };
  const { pages } = readPdf(await renderClosingLetter(letter));
  return pages.map(({ text }) => text).join(' ');
}

describe('the closing letter as PDF (R-A8)', () => {
  it('states number, date, subject, addressee, what was said and the answer, over the officer’s signature', async () => {
    const text = await read();
    for (const part of [
      'KEMENTERIAN KEUANGAN REPUBLIK INDONESIA',
      'Nomor : SP-000007/DJPK/2026',
      'Hal : Jawaban atas pengaduan DJPK-2026-000123',
      'Yth. Sari Contoh, S.E.',
      'melalui Live Chat dengan nomor tiket DJPK-2026-000123 tentang petugas telepon',
      'ISI PENGADUAN Selamat pagi.',
      'JAWABAN DAN TINDAK LANJUT Laporan realisasi tahap I yang telah direviu.',
      'tangkapan-layar.png',
      'Budi Misal',
      'Layanan ini tidak dipungut biaya.',
      'Kode verifikasi : 7KQ4-M2XP'.replace(' : ', ': '),
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Pengguna Layanan,');
    expect(text).not.toContain('BERITA ACARA');
  });

  it('names nobody when the complaint was anonymous', async () => {
    const text = await read({ user: { name: '' } });
    expect(text).toContain('Yth. Pelapor (anonim)');
    expect(text).not.toContain(facts.user.name);
  });

  it('thanks for a suggestion, and leaves out what was not said', async () => {
    const text = await read({ kind: 'suggestion', topic: '', legalBasis: [], attachments: [] });
    expect(text).toContain('Tanggapan atas saran atau masukan DJPK-2026-000123');
    expect(text).toContain('nomor tiket DJPK-2026-000123 telah kami pelajari');
    expect(text).not.toContain('DASAR HUKUM');
  });

  it('is the same bytes for the same data', async () => {
    const letter = { ...bak(), kind: 'complaint' as const };
    expect((await renderClosingLetter(letter)).equals(await renderClosingLetter(letter))).toBe(true);
  });
});
