import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AttendanceListData } from '../../../src/documents/attendance-list/attendance-list-data.js';
import { renderAttendanceList } from '../../../src/documents/attendance-list/render-attendance-list.js';
import { readPdf } from '../read-pdf.js';
import { attendance, signaturePng } from './sample-attendance.js';

const PAPER_WIDTH = 595.28;
const RIGHT_MARGIN = 56;

async function read(changes: Partial<AttendanceListData> = {}) {
  const bytes = await renderAttendanceList(attendance(changes));
  const { pages } = readPdf(bytes);
  return {
    pages: pages.length,
    text: pages.map(({ text }) => text).join(' '),
    rightEdge: Math.max(...pages.map((page) => page.rightEdge)),
    /** Pictures with colours; transparency is another one beside each. */
    pictures: bytes.toString('latin1').match(/\/Subtype \/Image[^>]*\/ColorSpace \/DeviceRGB/g)?.length ?? 0,
  };
}

const signedWith = (signature: Uint8Array | null) =>
  read({ guests: [{ name: 'Sari Contoh', position: null, signature }] });

describe('the Daftar Hadir (R-C9)', () => {
  it('states the visit, the guests with their positions, and the consultant', async () => {
    const { text, pages } = await read();
    for (const part of [
      'DAFTAR HADIR Layanan Konsultasi Tatap Muka',
      'Nomor tiket : DJPK-2026-000123',
      'Hari, tanggal : Kamis, 5 Maret 2026',
      'Waktu : 09.00–10.00 WIB',
      'Tempat : Ruang VC lantai 3',
      'Instansi : BPKAD Kabupaten Gowa, Kabupaten Gowa',
      'Keperluan : Rekonsiliasi DAK Fisik tahap II',
      'TAMU No. Nama Jabatan Tanda tangan 1 Sari Contoh, S.E. Kepala Bidang Anggaran 2 Budi Misal',
      'PETUGAS KONSULTAN No. Nama Jabatan Tanda tangan 1 Rina Contoh Analis',
      'Dicetak Kamis, 5 Maret 2026 pukul 10.05 WIB Halaman 1 dari 1',
    ])
      expect(text).toContain(part);
    expect(pages).toBe(1);
  });

  it('has the picture of each signature that was drawn, and room to sign for the others', async () => {
    expect((await read()).pictures).toBe(1);
    expect((await signedWith(signaturePng({ colour: 2 }))).pictures).toBe(1);
    expect((await signedWith(null)).pictures).toBe(0);
  });

  it('is ready before anybody has come: a line for a consultant, a word where no guest is named', async () => {
    const { text } = await read({ guests: [], consultant: null });
    expect(text).toContain('Belum ada nama tamu.');
    expect(text).toContain('PETUGAS KONSULTAN No. Nama Jabatan Tanda tangan 1 Dicetak');
  });

  it('is the same bytes for the same data', async () => {
    const once = await renderAttendanceList(attendance());
    expect((await renderAttendanceList(attendance())).equals(once)).toBe(true);
    expect((await renderAttendanceList(attendance({ purpose: 'Lain' }))).equals(once)).toBe(false);
  });
});

describe('the Daftar Hadir on hard input', () => {
  it('stays within the margins with long words and many guests', async () => {
    const wide = 'W'.repeat(2_000);
    const guests = Array.from({ length: 30 }, () => ({
      name: wide,
      position: wide,
      signature: signaturePng(),
    }));
    const { rightEdge, pages } = await read({ room: wide, agency: wide, purpose: wide, guests });
    expect(rightEdge).toBeLessThanOrEqual(PAPER_WIDTH - RIGHT_MARGIN + 0.5);
    expect(pages).toBeGreaterThan(1);
  });

  it('shows markup, pictures and other scripts as text or a mark', async () => {
    const { text } = await read({ purpose: '<b>{{name}} $t(bak:title) 🙏 \u202Eabc محمد' });
    expect(text).toContain('<b>{{name}} $t(bak:title) [emoji] abc [?]');
  });

  const damaged: [string, Uint8Array][] = [
    ['nothing', new Uint8Array()],
    ['words', Buffer.from('bukan gambar')],
    ['a beginning only', signaturePng().subarray(0, 60)],
    ['an end missing', signaturePng().subarray(0, -12)],
    ['rows that are not compressed', signaturePng({ rows: Buffer.alloc(500, 7) })],
    ['too few rows', signaturePng({ rows: deflateSync(Buffer.alloc(100)) })],
    ['more rows than it says', signaturePng({ rows: deflateSync(Buffer.alloc(50_000_000)) })],
    ['an unknown filter', signaturePng({ filter: 9 })],
    ['far too many pixels', signaturePng({ width: 100_000, height: 1, rows: Buffer.alloc(9) })],
    ['no pixels', signaturePng({ width: 0, height: 0 })],
    ['colours of a palette that is not there', signaturePng({ colour: 3 })],
  ];
  it.each(damaged)('leaves the box empty for a picture of %s', async (_, signature) => {
    expect((await signedWith(signature)).pictures).toBe(0);
  });

  it('takes nothing of a picture but its pixels', async () => {
    const hidden = Buffer.from('Software\0rahasia');
    const signature = signaturePng({
      extra: [
        ['tEXt', hidden],
        ['tRNS', Buffer.alloc(1)],
      ],
    });
    expect((await signedWith(signature)).pictures).toBe(1);
    const bytes = await renderAttendanceList(
      attendance({ guests: [{ name: 'Sari Contoh', position: null, signature }] }),
    );
    expect(bytes.includes('rahasia')).toBe(false);
  });
});
