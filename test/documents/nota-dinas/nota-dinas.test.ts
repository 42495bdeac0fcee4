import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyBlocks } from '../../../src/documents/nota-dinas/body-blocks.js';
import {
  renderNotaDinasDocx,
  renderNotaDinasPdf,
} from '../../../src/documents/nota-dinas/render-nota-dinas.js';
import { readPdf } from '../read-pdf.js';
import { readDocx } from './read-docx.js';
import { LETTER } from './sample-letter.js';

/** What every reader has to find, in this order. */
const PARTS = [
  'KEMENTERIAN KEUANGAN REPUBLIK INDONESIA',
  'DIREKTORAT JENDERAL PERIMBANGAN KEUANGAN',
  'SEKRETARIAT DIREKTORAT JENDERAL',
  'NOTA DINAS',
  'NOMOR ND-7/PK.1/2026',
  'Yth. : 1. Kepala Pusintek Kementerian Keuangan',
  '2. Kepala Kantor Wilayah Direktorat Jenderal Perbendaharaan Provinsi Contoh',
  'Dari : Sekretaris Direktorat Jenderal Perimbangan Keuangan',
  'Sifat : Segera',
  'Lampiran : -',
  'Hal : Koordinasi Pelaksanaan Video Conference dengan BPKAD Kabupaten Contoh',
  'Tanggal : 5 Maret 2026',
  'Sehubungan dengan surat Bupati Contoh nomor 900/12/2026,',
  '1. BPKAD Kabupaten Contoh memohon konsultasi mengenai DAK Fisik & sisa <dana>.',
  'hari, tanggal : Kamis, 12 Maret 2026',
  'waktu : 09.00–10.00 WIB (10.00–11.00 WITA)',
  'a. Kepala Pusintek, untuk menyediakan dukungan jaringan;',
  'Demikian kami sampaikan.',
  'Ditandatangani melalui Dering pada Kamis, 5 Maret 2026 pukul 14.05 WIB',
  'Ratna Contoh',
  'Diparaf oleh',
  'Kepala Subbagian MSKLIP',
  'Kiki Contoh',
  'Bima Contoh',
  'Tembusan:',
  'Kepala Bagian Harmonisasi Kebijakan dan Kehumasan',
];

function expectInOrder(text: string): void {
  let from = 0;
  for (const part of PARTS) {
    const at = text.indexOf(part, from);
    expect(at, part).toBeGreaterThanOrEqual(from);
    from = at + part.length;
  }
}

describe('a nota dinas (R-B4, R-B5)', () => {
  it('says as PDF who writes to whom, what, who initialled it and who signed it', async () => {
    const { pages, info } = readPdf(await renderNotaDinasPdf(LETTER));
    expect(pages).toHaveLength(1);
    expectInOrder(pages.map(({ text }) => text).join(' '));
    expect(pages[0]!.rightEdge).toBeLessThanOrEqual(595 - 56 + 1);
    expect(info).toContain('Title');
  });

  it('says the same as DOCX', async () => {
    const { parts, lines, xml } = await readDocx(await renderNotaDinasDocx(LETTER));
    expect(parts).toEqual(expect.arrayContaining(['[Content_Types].xml', 'word/document.xml']));
    expectInOrder(lines.join(' '));
    expect(xml).toContain('&lt;dana&gt;');
  });

  it('needs no paraf block and no copies where there are none, nor numbers for one addressee', async () => {
    const bare = { ...LETTER, addressees: ['Direktur Contoh'], copies: [], initials: [] };
    const pdf = readPdf(await renderNotaDinasPdf(bare)).pages[0]!.text;
    const docx = (await readDocx(await renderNotaDinasDocx(bare))).lines.join(' ');
    for (const text of [pdf, docx]) {
      expect(text).toContain('Yth. : Direktur Contoh');
      expect(text).not.toMatch(/Tembusan|Diparaf/u);
    }
  });

  it('is the same PDF for the same data', async () => {
    expect((await renderNotaDinasPdf(LETTER)).equals(await renderNotaDinasPdf(LETTER))).toBe(true);
  });

  it('takes control signs and letters that no font has without breaking either paper', async () => {
    const odd = { ...LETTER, subject: 'Hal \u0000\u0007\u202e aneh 😀 漢字' };
    const pdf = readPdf(await renderNotaDinasPdf(odd)).pages[0]!.text;
    const { lines, xml } = await readDocx(await renderNotaDinasDocx(odd));
    for (const text of [pdf, lines.join(' ')]) expect(text).toContain('Hal : Hal aneh [emoji] [?]');
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/u);
  });
});

describe('the body of a letter', () => {
  it('knows items, what stands below them, and paragraphs', () => {
    expect(bodyBlocks(LETTER.body).map(({ kind, depth }) => `${kind} ${depth}`)).toEqual([
      'paragraph 0',
      ...['item 0', 'item 0', 'detail 1', 'detail 1', 'item 0', 'item 1'],
      'paragraph 0',
    ]);
  });

  it('loses no word, whatever is written', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '1', '.', ':', '\n', 'é'), maxLength: 60 });
    const words = (text: string): string => text.replace(/[\s:]+/gu, '');
    fc.assert(
      fc.property(line, (body) => {
        const written = bodyBlocks(body).map((piece) =>
          piece.kind === 'item'
            ? `${piece.mark}${piece.text}`
            : piece.kind === 'detail'
              ? `${piece.label}${piece.value}`
              : piece.text,
        );
        expect(words(written.join(''))).toBe(words(body));
      }),
    );
  });
});
