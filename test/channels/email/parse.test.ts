import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/channels/email/classify.js';
import { cutQuote } from '../../../src/channels/email/cut-quote.js';
import { htmlToText } from '../../../src/channels/email/html-to-text.js';
import { parseLetter, UnreadableLetterError } from '../../../src/channels/email/parse.js';
import { PNG } from '../../support/files.js';
import { fixture } from './fixture.js';
import { letter } from './letter.js';
import { OFFICE } from './mail-office.js';

const read = (source: string | Buffer) => parseLetter(Buffer.from(source as string));

describe('a letter of', () => {
  it('Gmail in Indonesian is read with its thread', async () => {
    const gmail = await read(fixture('gmail-reply'));
    expect(gmail).toMatchObject({
      messageId: '<CAContoh123@mail.contoh.example>',
      references: ['<m1@contoh.go.id>', '<balasan@dering.example>'],
      from: { name: 'Sari Contoh', address: 'sari@contoh.go.id' },
      subject: 'Re: Pertanyaan DAK Fisik',
    });
    expect(cutQuote(gmail.text).body).toBe(
      'Setuju\nNama: Sari Contoh\nJabatan: Kepala Bidang Anggaran – Sekretariat',
    );
  });

  it('Outlook with HTML alone is read as text, in its charset, without what is hidden', async () => {
    const outlook = await read(fixture('outlook-html-only'));
    expect(cutQuote(outlook.text).body).toBe(
      'Yth. Petugas,\n\nBerapa besar “DBH” kami – tahun 2026? 5 < 6 & 7\n\n- satu\n- dua',
    );
    expect(cutQuote(outlook.text).quoted).toMatch(/^Dari: Contact Center/);
    expect(outlook.from?.name).toBe('Budí Contoh');
    expect(outlook.enclosures).toMatchObject([{ name: 'image001.png', inline: true }]);
  });

  it('an iPhone is read with its signature apart', async () => {
    const cut = cutQuote((await read(fixture('iphone-reply'))).text);
    expect(cut).toMatchObject({ body: '1', signature: 'Dikirim dari iPhone saya' });
  });

  it('S/MIME keeps its words; the signature is no file, and winmail.dat is known as such', async () => {
    const signed = await read(fixture('smime-signed-winmail'));
    expect(signed).toMatchObject({
      text: 'Terlampir surat kami.',
      enclosures: [],
      hasWinmail: true,
      encrypted: false,
    });
  });

  it('PGP is known to be encrypted', async () => {
    expect(await read(fixture('pgp-encrypted'))).toMatchObject({ encrypted: true });
  });
});

describe('what programs wrote', () => {
  it.each([
    ...[
      ['exchange-out-of-office', 'automatic'],
      ['balasan-otomatis-subject-only', 'automatic'],
    ],
    ...[
      ['vacation-precedence', 'list'],
      ['null-sender', 'automatic'],
      ['mailing-list', 'list'],
    ],
    ...[
      ['noreply', 'automatic'],
      ['read-receipt', 'automatic'],
      ['dsn-unknown-user', 'bounce'],
    ],
    ...[
      ['dsn-mailbox-full', 'bounce'],
      ['dsn-delayed', 'bounce'],
      ['dsn-bare', 'bounce'],
    ],
    ...[
      ['gmail-reply', 'person'],
      ['outlook-html-only', 'person'],
      ['iphone-reply', 'person'],
    ],
  ] as const)('is recognised: %s is %s', async (name, kind) => {
    expect(classify(await read(fixture(name)), OFFICE)).toBe(kind);
  });

  it('and what people wrote about absences is theirs', async () => {
    for (const subject of ['Re: sedang apa tiket saya?', 'Cuti bersama dan penyaluran DAU', 'Auto debet PKB'])
      expect(classify(await read(letter({ subject, text: 'Mohon penjelasan.' })), OFFICE)).toBe('person');
  });

  it('and a letter of our own that came back to us is nobody else’s', async () => {
    expect(classify(await read(letter({ from: OFFICE, text: 'Halo' })), OFFICE)).toBe('own');
  });
});

describe('the sender', () => {
  it.each([
    'Sari <sari@contoh.go.id>, Budi <budi@contoh.go.id>',
    'Tim: sari@contoh.go.id, budi@contoh.go.id;',
    '"sari@contoh.go.id" <>',
    'undisclosed-recipients:;',
    'sari@contoh.go.id <penipu@contoh.example> <sari@contoh.go.id>',
    'a b@contoh.go.id',
  ])('is nobody where there is not exactly one: %s', async (from) => {
    const found = (await read(letter({ from, text: 'Halo' }))).from;
    expect([undefined, 'penipu@contoh.example']).toContain(found?.address);
  });

  it('is nobody where From is written twice', async () => {
    const source = letter({ headers: ['From: direktur@contoh.go.id'], text: 'Halo' });
    expect((await read(source)).from).toBeUndefined();
  });

  it('is the address, not the name that looks like one', async () => {
    const source = letter({ from: '"direktur@contoh.go.id" <penipu@contoh.example>', text: 'Halo' });
    expect((await read(source)).from).toEqual({
      address: 'penipu@contoh.example',
      name: 'direktur@contoh.go.id',
    });
  });
});

describe('the id', () => {
  it('of one letter is the same by every route, of a copy with other words it is another', async () => {
    const id = '<sama@contoh.go.id>';
    const [first, rerouted, forged] = await Promise.all([
      read(letter({ id, text: 'Asli' })),
      read(
        letter({ id, text: 'Asli', headers: ['Received: from lain by mx; Mon, 2 Mar 2026 10:00:00 +0700'] }),
      ),
      read(letter({ id, text: 'Palsu' })),
    ]);
    expect(rerouted.id).toBe(first.id);
    expect(forged.id).not.toBe(first.id);
  });
});

describe('a hostile letter', () => {
  it('with 200 nested parts or endless headers is refused, not read for ever', async () => {
    const nested = Array.from(
      { length: 200 },
      (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}`,
    );
    await expect(read(`From: a@contoh.example\r\n${nested.join('\r\n')}\r\n\r\nx`)).rejects.toBeInstanceOf(
      UnreadableLetterError,
    );
    const headers = `From: a@contoh.example\r\n${'X-Panjang: x\r\n'.repeat(100_000)}\r\nx`;
    await expect(read(headers)).rejects.toBeInstanceOf(UnreadableLetterError);
  });

  it('of any bytes is read or refused, never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), fc.boolean(), async (bytes, withHead) => {
        const head = withHead ? 'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n' : '';
        const source = Buffer.concat([Buffer.from(head), bytes]);
        const outcome = await parseLetter(source).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UnreadableLetterError);
      }),
      { numRuns: 200 },
    );
  });

  it('hides no words behind control characters or turned reading directions', async () => {
    const { text } = await read(letter({ text: 'Surat\u202Efdp.exe\u200B\u0000 baik' }));
    expect(text).toBe('Suratfdp.exe baik');
  });
});

describe('HTML', () => {
  it.each([
    ['<p>satu</p><p>dua<br>tiga</p>', 'satu\n\ndua\ntiga'],
    ['<blockquote type="cite"><div>lama</div></blockquote>baru', '> lama\nbaru'],
    ['a<script>alert(1)</script>b<style>p{}</style>c', 'abc'],
    ['<img src=x onerror="alert(1)">halo<a href="https://contoh.example">sini</a>', 'halosini'],
    ['<span style="font-size:0">rahasia</span>tampak', 'tampak'],
    ['1 < 2 dan <b>tebal', '1 < 2 dan tebal'],
    ['&#x1F44D; &#55296; &nbsp;&copy; &tidakada;', '👍 © &tidakada;'],
    [
      '<table><tr><td>Nama</td><td>Sari</td></tr><tr><td>Jabatan</td><td>Staf</td></tr></table>',
      'Nama Sari\nJabatan Staf',
    ],
    ['<p title="a>b">teks</p>', 'teks'],
  ])('%s becomes words', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('of any shape leaves no tag of its own and takes no time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', '/', 'script', 'p', ' ', '!--', '-->', 'x', '=') }),
        (html) => {
          expect(htmlToText(html)).not.toMatch(/<\/?(?:script|p)\b[^<]*>/i);
        },
      ),
    );
    const before = performance.now();
    for (const piece of ['<', '<div ', '<!--', '&#', '<p><blockquote>']) htmlToText(piece.repeat(200_000));
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('pictures', () => {
  it('inside the text are told apart from files', async () => {
    const inline = ['Content-Disposition: inline; filename="logo.png"', 'Content-ID: <logo@contoh>'];
    const { enclosures } = await read(
      letter({
        text: 'Halo',
        files: [
          { name: 'logo.png', type: 'image/png', bytes: PNG, headers: inline },
          { name: 'pindaian.png', type: 'image/png', bytes: PNG },
        ],
      }),
    );
    expect(enclosures.map(({ name, inline: inText }) => [name, inText])).toEqual([
      ['logo.png', true],
      ['pindaian.png', false],
    ]);
  });
});
