import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutQuote } from '../../../src/channels/email/cut-quote.js';

const ANSWER = 'Setuju\nNama: Sari Contoh';
const EARLIER = '> Yth. Bapak/Ibu,\n>\n> Apakah Bapak/Ibu setuju?\n> 1. Setuju';

/** How mail programs introduce what they quote, in the lines they really write. */
const INTRODUCTIONS = [
  'On Mon, Mar 2, 2026 at 10:00 AM Contact Center DJPK <kantor@dering.example> wrote:',
  'On Mon, Mar 2, 2026 at 10:00 AM Contact Center Direktorat Jenderal Perimbangan Keuangan\n<kantor@dering.example> wrote:',
  'On 2 Mar 2026, at 10.00, Contact Center DJPK <kantor@dering.example> wrote:',
  'Pada Sen, 2 Mar 2026 pukul 10.00 Contact Center DJPK <kantor@dering.example> menulis:',
  'Pada Sen, 2 Mar 2026 pukul 10.00 Contact Center Direktorat Jenderal Perimbangan\nKeuangan <kantor@dering.example> menulis:',
  'Pada 2 Mar 2026, pada 10.00, Contact Center DJPK <kantor@dering.example> menulis:',
  'Pada tanggal Sen, 2 Mar 2026 10.00, Contact Center DJPK telah menulis:',
  'Contact Center DJPK <kantor@dering.example> menulis pada Sen, 2 Mar 2026 10.00:',
];

describe('the quotation of', () => {
  it.each(INTRODUCTIONS)('a letter is cut with the words that introduce it: %s', (introduction) => {
    const { body, quoted } = cutQuote(`${ANSWER}\n\n${introduction}\n\n${EARLIER}`);
    expect(body).toBe(ANSWER);
    expect(quoted).toContain(introduction.split('\n')[0]);
    expect(quoted).toContain('1. Setuju');
  });

  it.each([
    [
      'Outlook in English',
      'From: Contact Center <kantor@dering.example>\nSent: Monday, March 2, 2026 10:00 AM\nTo: Sari Contoh\nSubject: Re: DAK',
    ],
    [
      'Outlook in Indonesian',
      'Dari: Contact Center <kantor@dering.example>\nTerkirim: Senin, 2 Maret 2026 10.00\nKepada: Sari Contoh\nPerihal: Re: DAK',
    ],
    [
      'Outlook on the web',
      '________________________________\nDari: Contact Center <kantor@dering.example>\nDikirim: Senin, 02 Maret 2026 10:00\nKe: Sari\nSubjek: DAK',
    ],
    [
      'Outlook with bold names',
      '*From:* Contact Center <kantor@dering.example>\n*Sent:* Monday, March 2, 2026\n*To:* Sari\n*Subject:* DAK',
    ],
    ['an old Outlook', '-----Original Message-----\nFrom: Contact Center'],
    ['Yahoo in Indonesian', '----- Pesan Asli -----\nDari: Contact Center'],
    ['a forwarding program', '---------- Forwarded message ---------\nDari: Contact Center'],
    ['Apple Mail', 'Begin forwarded message:\n\nFrom: Contact Center'],
  ])('%s is cut to the end', (_, head) => {
    const { body, quoted } = cutQuote(`${ANSWER}\n\n${head}\n\nYth. Bapak/Ibu, apakah setuju?\n1. Setuju`);
    expect(body).toBe(ANSWER);
    expect(quoted).toMatch(/1\. Setuju$/);
  });

  it('a letter answered line by line is cut, the answers stay', () => {
    const text = `${INTRODUCTIONS[3] ?? ''}\n> Siapa nama Bapak/Ibu?\n\nSari Contoh\n\n> Apa jabatannya?\n\nKepala Bidang`;
    expect(cutQuote(text).body.replace(/\n+/g, '\n')).toBe('Sari Contoh\nKepala Bidang');
  });

  it('a letter answered below is cut, the answer stays', () => {
    expect(cutQuote(`${INTRODUCTIONS[0] ?? ''}\n${EARLIER}\n\n${ANSWER}`).body).toBe(ANSWER);
  });
});

describe('what is written', () => {
  it.each([
    'Pada Pasal 5 ayat (2) pemerintah menulis: dana disalurkan bertahap.',
    'Pada pertemuan kemarin Bapak menulis:\nDana disalurkan bertahap. Apakah benar?',
    'Dari: mana dasar hukumnya?\nMohon penjelasan.',
    'Kepada Yth. Direktur\nPerihal: Permohonan\n\nDengan hormat, ...',
    'nilai > 5 dan < 10',
    'On the other hand, he wrote: nothing.\nWhat now?',
  ])('is not taken for a quotation: %s', (text) => {
    expect(cutQuote(text)).toEqual({ body: text, signature: '', quoted: '' });
  });
});

describe('the signature', () => {
  it.each([
    '-- \nSari Contoh\nBPKAD Kabupaten Gowa',
    '--\nSari Contoh',
    'Sent from my iPhone',
    'Dikirim dari iPhone saya',
    'Terkirim dari Outlook untuk Android',
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
  ])('is cut and kept: %s', (signature) => {
    const text = `${ANSWER}\n\n${signature}\n\n${INTRODUCTIONS[3] ?? ''}\n${EARLIER}`;
    expect(cutQuote(text)).toMatchObject({ body: ANSWER, signature: signature.trim() });
  });

  it('of a letter that is nothing else is its words', () => {
    expect(cutQuote('-- \nSari Contoh').body).toBe('-- \nSari Contoh');
  });

  it('is no longer one when a page of text follows the line', () => {
    const page = Array.from({ length: 30 }, (_, index) => `Butir ${index + 1}`).join('\n');
    expect(cutQuote(`${ANSWER}\n--\n${page}`).body).toContain('Butir 30');
  });
});

const line = fc.stringMatching(/^[ a-zA-Z0-9.,:;>?()@<-]{0,40}$/);
const text = fc.array(line, { maxLength: 25 }).map((lines) => lines.join('\n'));
/** Words that no mail program writes. */
const plain = fc
  .array(fc.stringMatching(/^[a-km-z]{1,8}( [a-km-z]{1,8}){0,5}[.?]?$/), { minLength: 1, maxLength: 8 })
  .map((lines) => lines.join('\n'));

describe('cutting', () => {
  it('puts every line of any text into exactly one part, in its order', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { body, signature, quoted } = cutQuote(source);
        const parts = [body, signature, quoted].map((part) =>
          part
            .split('\n')
            .map((one) => one.trim())
            .filter(Boolean),
        );
        const all = source
          .split('\n')
          .map((one) => one.trim())
          .filter(Boolean);
        expect(parts.flat().sort()).toEqual([...all].sort());
        for (const part of parts) expect(isSubsequence(part, all)).toBe(true);
      }),
    );
  });

  it('leaves nothing to cut in what it kept', () => {
    fc.assert(
      fc.property(plain, fc.constantFrom(...INTRODUCTIONS), plain, (body, introduction, earlier) => {
        const quoted = earlier.replace(/^/gm, '> ');
        const once = cutQuote(`${body}\n\n${introduction}\n\n${quoted}`);
        expect(once.body).toBe(body);
        expect(cutQuote(once.body)).toEqual({ body, signature: '', quoted: '' });
      }),
    );
  });

  it('takes time in proportion to the text, whatever it is', () => {
    const hostile = [
      'On '.repeat(20_000),
      'pada @<'.repeat(20_000),
      '> '.repeat(50_000),
      'From: a\n'.repeat(20_000),
      '--\n'.repeat(50_000),
      '\n'.repeat(100_000),
    ];
    for (const source of hostile) {
      const before = performance.now();
      cutQuote(source);
      expect(performance.now() - before).toBeLessThan(2_000);
    }
  });
});

function isSubsequence(part: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const one of part) {
    at = all.indexOf(one, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
