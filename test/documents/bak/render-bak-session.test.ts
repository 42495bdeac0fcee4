import { describe, expect, it } from 'vitest';
import { renderBak, renderBakCopies } from '../../../src/documents/bak/render-bak.js';
import { readPdf } from '../read-pdf.js';
import { bak, visit } from './sample-bak.js';

const textsOf = (bytes: Buffer) => readPdf(bytes).pages.map(({ text }) => text);

describe('the BAK of a visit or conference (R-B6, R-C8)', () => {
  it('states kind, time, place and who was there', async () => {
    const text = textsOf(await renderBak(bak({ session: visit }))).join(' ');
    for (const part of [
      'PELAKSANAAN Bentuk : Kunjungan (tatap muka)',
      'Waktu : Kamis, 5 Maret 2026 pukul 09.00–10.00 WIB',
      'Tempat : Ruang VC lantai 3, Kantor Contoh',
      'Tamu yang hadir: Sari Contoh, S.E., Kepala Bidang 1. Budi Misal 2.',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/Tautan|Rekaman/);
    expect(textsOf(await renderBak(bak())).join(' ')).not.toContain('PELAKSANAAN');
  });

  it('has link and recording of a conference, and no list where nobody kept one', async () => {
    const session = {
      ...visit,
      ...{ kind: 'video-application' as const, guests: [], place: 'Microsoft Teams Call Center DJPK (1)' },
      ...{ link: 'https://teams.example/l/1', recordingUrl: 'https://rekaman.example/1' },
    };
    const text = textsOf(await renderBak(bak({ session }))).join(' ');
    expect(text).toContain('Bentuk : Konferensi video melalui aplikasi');
    expect(text).toContain('Tautan : https://teams.example/l/1 Rekaman : https://rekaman.example/1');
    expect(text).not.toContain('Tamu yang hadir');
  });

  it('breaks long words, marks what cannot be printed and says so', async () => {
    const session = {
      ...visit,
      place: 'W'.repeat(400),
      link: `https://x.example/${'a'.repeat(1_900)}`,
      guests: ['🙏 <b>'],
    };
    const { pages } = readPdf(await renderBak(bak({ session })));
    const text = pages.map((page) => page.text).join(' ');
    expect(text).toContain('[emoji] <b> 1.');
    expect(text).toContain('menggantikan karakter yang tidak dapat dicetak');
    expect(Math.max(...pages.map((page) => page.rightEdge))).toBeLessThanOrEqual(595.28 - 56 + 0.5);
  });
});

describe('the BAK in two copies (R-C8)', () => {
  const short = bak({ session: visit });
  const long = bak({ session: visit, question: 'Pertanyaan yang panjang. '.repeat(500) });

  it.each([short, long])(
    'is the same BAK twice, each page marked with its copy and counted within it',
    async (data) => {
      const single = textsOf(await renderBak(data));
      const pages = textsOf(await renderBakCopies(data));
      expect(pages).toHaveLength(2 * single.length);
      pages.forEach((page, index) => {
        const own = index % single.length;
        const isFirst = index < single.length;
        expect(page).toContain(
          isFirst ? 'Lembar 1/2 · untuk pengguna layanan' : 'Lembar 2/2 · untuk Contact Center DJPK',
        );
        expect(page).toContain(`Halaman ${own + 1} dari ${single.length}`);
      });
      const bare = (text: string) =>
        text
          .replace(
            /Berita Acara Konsultasi BAK-\S+|Lembar \d\/2 · untuk (pengguna layanan|Contact Center DJPK)/g,
            '',
          )
          .replace(/\s+/g, ' ')
          .trim();
      expect(pages.map(bare)).toEqual([...single, ...single].map(bare));
    },
  );

  it('has both signatures on each copy', async () => {
    const pages = textsOf(await renderBakCopies(short));
    expect(
      pages.filter((page) => page.includes('Pengguna Layanan,') && page.includes('Petugas,')),
    ).toHaveLength(2);
  });

  it('is the same bytes for the same data', async () => {
    expect((await renderBakCopies(short)).equals(await renderBakCopies(bak({ session: visit })))).toBe(true);
  });
});
