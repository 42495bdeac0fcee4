import { describe, expect, it } from 'vitest';
import type { ConfirmationSheetData } from '../../../src/documents/confirmation-sheet/confirmation-sheet-data.js';
import { confirmationSheetDefinition } from '../../../src/documents/confirmation-sheet/confirmation-sheet-definition.js';
import { renderConfirmationSheet } from '../../../src/documents/confirmation-sheet/render-confirmation-sheet.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { readPdf } from '../read-pdf.js';
import { sheet } from './sample-sheet.js';

const PAPER_WIDTH = 595.28;
const RIGHT_MARGIN = 56;

async function read(changes: Partial<ConfirmationSheetData> = {}) {
  const { pages, info } = readPdf(await renderConfirmationSheet(sheet(changes)));
  const text = pages.map((page) => page.text).join(' ');
  return { pages: pages.length, info, text, rightEdge: Math.max(...pages.map((page) => page.rightEdge)) };
}

const guests = (count: number, name: string, position: string) =>
  Array.from({ length: count }, () => ({ name, position }));

describe('the Lembar Konfirmasi Kedatangan (R-C7)', () => {
  it('says on one page who comes when, in both zones (R-T1), where, what for and with which code', async () => {
    const { pages, text } = await read();
    for (const part of [
      'LEMBAR KONFIRMASI KEDATANGAN Nomor DJPK-2026-000123',
      'Yth. Bapak/Ibu Sari Contoh, S.E., kunjungan konsultasi',
      'Kamis, 5 Maret 2026 09.00–10.00 WIB (10.00–11.00 WITA)',
      'Ruang VC lantai 3 Kantor Contoh, Jalan Contoh Nomor 1, Jakarta',
      'Kode kunjungan DJPK-2026-000123-7F3K9Q2M',
      'Instansi : BPKAD Kabupaten Gowa',
      'Daerah : Kabupaten Gowa',
      'Keperluan : Rekonsiliasi DAK Fisik bidang jalan tahap II',
      'Surat permintaan : 900/123/BPKAD/2026 tanggal 27 Februari 2026',
      '1 Sari Contoh, S.E. Kepala Bidang Anggaran 2 Budi Misal -',
      'Telepon 150420 · WhatsApp 0811-150420-7 · E-mail kantor@contoh.go.id',
      'Diterbitkan 2 Maret 2026',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('\ufffd');
    expect(pages).toBe(1);
  });

  it('says what to bring: the card for the guest card (R-C8), as many SPPD as guests (R-C5), the letter (R-C1)', async () => {
    const { text } = await read();
    expect(text).toContain('Kartu identitas (KTP atau SIM) setiap tamu, untuk ditukar dengan kartu tamu');
    expect(text).toContain('paling banyak 2 lembar sesuai jumlah tamu');
    expect(text).toContain('Surat permintaan konsultasi/audiensi.');
    expect((await read({ guests: guests(4, 'Sari Contoh', 'Bupati') })).text).toContain(
      'paling banyak 4 lembar',
    );
  });

  it('says the rules: only on schedule (R-C2), a new letter after a cancellation (R-C6), free of charge (R-A7)', async () => {
    const { text } = await read();
    expect(text).toContain('Layanan hanya diberikan sesuai jadwal');
    expect(text).toContain('memerlukan surat permintaan baru');
    expect(text).toContain('Seluruh layanan tidak dipungut biaya.');
  });

  it('has the code as QR code, and nothing else in it', () => {
    const definition = JSON.stringify(confirmationSheetDefinition(sheet(), loadTexts().for('id')).content);
    expect(definition.match(/"qr":"[^"]*"/g)).toEqual(['"qr":"DJPK-2026-000123-7F3K9Q2M"']);
  });

  it('is written in the language of the guest; one zone is enough in WIB', async () => {
    const { text, pages } = await read({ language: 'en', zone: 'Asia/Jakarta', letter: null });
    expect(text).toContain('Thursday, 5 March 2026 09:00–10:00 WIB Ruang VC lantai 3');
    expect(text).toContain('PLEASE BRING');
    expect(text).not.toMatch(/WITA|Request letter|Mohon/);
    expect(pages).toBe(1);
  });

  it('gives the same bytes for the same data, and other bytes for other data', async () => {
    const once = await renderConfirmationSheet(sheet());
    expect((await renderConfirmationSheet(sheet())).equals(once)).toBe(true);
    expect((await renderConfirmationSheet(sheet({ purpose: 'Lain' }))).equals(once)).toBe(false);
  });
});

describe('the sheet on hard input', () => {
  const LONG = 'Kepala Badan Perencanaan dan Pengelolaan Keuangan Daerah '.repeat(10);
  const WIDE = 'W'.repeat(2_000);

  it.each([LONG, WIDE])(
    'stays on one page within the margins with four guests and nothing but %.10s…',
    async (text) => {
      const wide = await read({
        ...{ language: 'en', room: text, address: text, purpose: text },
        who: { name: text, agency: text, region: text },
        letter: { number: text, date: '2026-02-27' },
        guests: guests(4, text, text),
      });
      expect(wide.pages).toBe(1);
      expect(wide.rightEdge).toBeLessThanOrEqual(PAPER_WIDTH - RIGHT_MARGIN + 0.5);
      expect(wide.text).toContain('All services are free of charge.');
    },
  );

  it('shows markup, formulas, pictures and other scripts as text or a mark', async () => {
    const { text } = await read({
      purpose: '=HYPERLINK("x") <b>$t(bak:title) {{code}} 🙏 \u202Eabc',
      guests: guests(1, 'محمد Contoh', '<script>'),
    });
    expect(text).toContain('=HYPERLINK("x") <b>$t(bak:title) {{code}} [emoji] abc');
    expect(text).toContain('[?] Contoh <script>');
  });

  it('stands with everything empty, and with guests beyond the rule', async () => {
    const none = await read({
      guests: [],
      purpose: '',
      who: { name: '', agency: '', region: null },
      letter: null,
    });
    expect(none.pages).toBe(1);
    expect((await read({ guests: guests(30, 'Sari Contoh', 'Staf') })).text).toContain('30 Sari Contoh');
  });
});
