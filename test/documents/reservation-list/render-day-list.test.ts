import readExcelFile from 'read-excel-file/node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DayListData } from '../../../src/documents/reservation-list/day-list-data.js';
import { renderDayListPdf } from '../../../src/documents/reservation-list/render-day-list-pdf.js';
import { renderDayListXlsx } from '../../../src/documents/reservation-list/render-day-list-xlsx.js';
import { readPdf } from '../read-pdf.js';
import { day, visit } from './sample-day.js';

const PAPER_WIDTH = 841.89;
const MARGIN = 40;
const EVIL = '=HYPERLINK("https://x.example";"a") <b>{{time}}$t(bak:title) 🙏 \u202Eabc\u0000\u0007\r\n]]>';

async function readPages(changes: Partial<DayListData> = {}) {
  const { pages } = readPdf(await renderDayListPdf(day(changes)));
  return {
    pages: pages.map(({ text }) => text),
    text: pages.map(({ text }) => text).join(' '),
    rightEdge: Math.max(...pages.map((page) => page.rightEdge)),
  };
}

async function readRows(changes: Partial<DayListData> = {}) {
  const [sheet, ...more] = await readExcelFile(await renderDayListXlsx(day(changes)));
  expect(more).toEqual([]);
  const [head = [], ...rows] = sheet!.data;
  const named = rows.map((row): Record<string, unknown> =>
    Object.fromEntries(row.map((cell, at) => [String(head[at]), cell] as const)),
  );
  return { name: sheet!.sheet, head, rows: named };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the Daftar Reservasi Tamu Harian on paper (R-C7)', () => {
  it('lists the visits of the day with time, agency, guests, purpose and consultant', async () => {
    const { text, pages } = await readPages();
    for (const part of [
      'Daftar Reservasi Tamu Harian Kamis, 5 Maret 2026 2 kunjungan, 3 tamu',
      '1 09.00–10.00 WIB DJPK-2026-000123 Ruang VC lantai 3 BPKAD Kabupaten Gowa Kabupaten Gowa',
      'Sari Contoh, S.E. Kepala Bidang Anggaran Budi Misal Rekonsiliasi DAK Fisik tahap II Rina Contoh Dana Transfer Khusus',
      '2 13.00–14.00 WIB DJPK-2026-000130 Ruang VC lantai 3 Selesai pertemuan DPRD Kota Contoh',
      'Tono Contoh Ketua DPRD',
      '12 12.50 13.48',
      'Dicetak Kamis, 5 Maret 2026 pukul 07.30 WIB Halaman 1 dari 1',
    ])
      expect(text).toContain(part);
    expect(pages).toHaveLength(1);
    expect(text).not.toContain('\ufffd');
  });

  it('says so on a day without visits', async () => {
    expect((await readPages({ visits: [] })).text).toContain('Tidak ada kunjungan terjadwal');
  });

  it('repeats its head on every page and stays within the margins, whatever was written', async () => {
    const wide = 'W'.repeat(3_000);
    const guests = Array.from({ length: 30 }, () => ({ name: wide, position: wide }));
    const row = visit({
      agency: wide,
      region: wide,
      purpose: wide,
      unit: wide,
      consultant: wide,
      room: wide,
      guests,
      guestCard: wide,
    });
    const { pages, rightEdge } = await readPages({ visits: [row, visit(), row] });
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain('No. Waktu Instansi Tamu Keperluan Konsultan');
    expect(rightEdge).toBeLessThanOrEqual(PAPER_WIDTH - MARGIN + 0.5);
    expect(pages.join(' ').match(/Sari Contoh, S\.E\./g)).toHaveLength(1);
  });

  it('shows markup, pictures and formulas as text', async () => {
    const { text } = await readPages({
      visits: [visit({ agency: EVIL, guests: [{ name: EVIL, position: EVIL }] })],
    });
    expect(text).toContain('<b>{{time}}$t(bak:title) [emoji] abc');
  });
});

describe('the Daftar Reservasi Tamu Harian as a workbook (R-C7)', () => {
  it('has a row for each visit under one head, on a sheet named after the day', async () => {
    const { name, head, rows } = await readRows();
    expect(name).toBe('Reservasi 2026-03-05');
    expect(head).toHaveLength(14);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({
      ...{ 'No.': 1, Waktu: '09.00–10.00 WIB', Nomor: 'DJPK-2026-000123', Ruang: 'Ruang VC lantai 3' },
      ...{ Instansi: 'BPKAD Kabupaten Gowa', Daerah: 'Kabupaten Gowa' },
      Tamu: 'Sari Contoh, S.E. (Kepala Bidang Anggaran)\nBudi Misal',
      ...{
        Keperluan: 'Rekonsiliasi DAK Fisik tahap II',
        Unit: 'Dana Transfer Khusus',
        Konsultan: 'Rina Contoh',
      },
      ...{ 'Kartu tamu': null, Datang: null, Pulang: null, Status: 'Terjadwal' },
    });
    expect(rows[1]).toMatchObject({
      ...{ 'Kartu tamu': '12', Datang: '12.50 WIB', Pulang: '13.48 WIB', Status: 'Selesai pertemuan' },
      ...{ Daerah: null, Konsultan: null },
    });
  });

  it.each([
    '=1+1',
    '+62812',
    '-5',
    '@SUM(A1)',
    '\t=1',
    '\u0000=1',
    '＝1',
    ' +1',
    '\u202E=1',
    '\ufffd=1',
    '\ud800=1',
  ])('keeps a cell that begins like %j a text that no program computes', async (text) => {
    const { rows } = await readRows({
      visits: [visit({ agency: text, purpose: text, consultant: text, guestCard: text })],
    });
    for (const column of ['Instansi', 'Keperluan', 'Konsultan', 'Kartu tamu'])
      expect(rows[0]?.[column]).toMatch(/^'[=+\-@＝]/);
  });

  it('keeps what was written otherwise, without what XML cannot hold', async () => {
    const { rows } = await readRows({
      visits: [visit({ agency: `PT ${EVIL}`, purpose: `\ud800 ${'x'.repeat(40_000)}` })],
    });
    expect(rows[0]?.Instansi).toBe(
      `PT =HYPERLINK("https://x.example";"a") <b>{{time}}$t(bak:title) 🙏 abc\n]]>`,
    );
    expect(String(rows[0]?.Keperluan)).toMatch(/^x+…$/);
    expect(String(rows[0]?.Keperluan)).toHaveLength(2_000);
  });

  it('has its head alone on a day without visits', async () => {
    expect((await readRows({ visits: [] })).rows).toEqual([]);
  });
});

describe('the list in both forms', () => {
  it.each([renderDayListPdf, renderDayListXlsx])(
    'is the same bytes for the same data, later too: %o',
    async (render) => {
      vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-05T07:30:00+07:00') });
      const once = await render(day());
      vi.setSystemTime(new Date('2027-01-01T00:00:00Z'));
      expect((await render(day())).equals(once)).toBe(true);
      expect((await render(day({ visits: [] }))).equals(once)).toBe(false);
    },
  );
});
