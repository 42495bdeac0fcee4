import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readVerdict } from '../../../src/channels/email/verify.js';
import type { OutboundMessage } from '../../../src/conversation/channel.js';
import { PNG } from '../../support/files.js';
import { fixture } from './fixture.js';
import { letter } from './letter.js';
import { AUTHSERV, createMailOffice, OFFICE, PASS, type MailOffice } from './mail-office.js';

const FAIL = `Authentication-Results: ${AUTHSERV}; spf=fail smtp.mailfrom=penipu.example; dmarc=fail header.from=contoh.go.id`;
const SARI = 'sari@contoh.go.id';

let office: MailOffice;
let said = 0;
beforeEach(async () => {
  office = await createMailOffice();
});
afterEach(() => office.close());

const addresses = (): string[] => office.inbox.received.map(({ address }) => address);
const answer = (text: string, more: Partial<OutboundMessage> = {}): OutboundMessage => {
  said += 1;
  const id = `01ARZ3NDEKTSV4RRFFQ6${String(said).padStart(6, '0')}`;
  const content = { kind: 'text' as const, text };
  return { id, conversationId: `C-${SARI}`, address: SARI, author: { kind: 'bot' }, content, ...more };
};
const lastSent = () => office.smtp.received.at(-1)!;

describe('an answer', () => {
  it('stands in the thread it answers, under a Message-ID of its own, marked as written by a program', async () => {
    await office.arrive(
      letter({
        headers: [PASS],
        id: '<m2@contoh.go.id>',
        references: ['<m0@contoh.go.id>'],
        subject: 'Re: DAK',
        text: 'Halo',
      }),
    );
    await office.channel.send(answer('Baik.'));
    expect(lastSent()).toMatchObject({
      subject: 'Re: DAK',
      inReplyTo: '<m2@contoh.go.id>',
      references: ['<m0@contoh.go.id>', '<m2@contoh.go.id>'],
    });
    expect(lastSent().headers.get('auto-submitted')).toBe('auto-replied');
    expect(lastSent().messageId).toMatch(/^<01arz3ndektsv4rrffq6\d{6}\.[0-9a-f]{20}@dering\.example>$/);
  });

  it('that a person wrote is not marked, and bears their name', async () => {
    await office.arrive(letter({ headers: [PASS], text: 'Halo' }));
    await office.channel.send(answer('Baik.', { author: { kind: 'staff', name: 'Rina Contoh' } }));
    expect(lastSent().headers.get('auto-submitted')).toBeUndefined();
    expect(lastSent().text).toContain('Hormat kami,\nRina Contoh\nContact Center DJPK');
  });

  it('sent again after a crash is the same letter', async () => {
    await office.arrive(letter({ headers: [PASS], text: 'Halo' }));
    const message = answer('Baik.');
    office.smtp.next.push('cut');
    await expect(office.channel.send(message)).rejects.toThrow();
    await office.restart();
    await office.channel.send(message);
    const [first, second] = office.smtp.received;
    expect(second?.messageId).toBe(first?.messageId);
    expect(second?.subject).toBe(first?.subject);
  });

  it('names its ticket in the subject and goes to the thread of that ticket', async () => {
    await office.arrive(
      letter({ headers: [PASS], id: '<dak@contoh.go.id>', subject: 'DAK', text: 'Kapan?' }),
    );
    await office.channel.send(answer('Tercatat sebagai tiket *DJPK-2026-000007*.'));
    expect(lastSent().subject).toBe('Re: [DJPK-2026-000007] DAK');
    const about = lastSent().messageId!;
    await office.arrive(
      letter({ headers: [PASS], id: '<dbh@contoh.go.id>', subject: 'DBH', text: 'Berapa?' }),
    );
    await office.channel.send(answer('Tiket *DJPK-2026-000007* sudah dijawab.'));
    expect(lastSent()).toMatchObject({ subject: 'Re: [DJPK-2026-000007] DAK', inReplyTo: about });
    await office.channel.send(answer('Untuk DBH: tunggu.'));
    expect(lastSent()).toMatchObject({ subject: 'Re: DBH', inReplyTo: '<dbh@contoh.go.id>' });
  });

  it('that several messages make is one letter with one question', async () => {
    await office.arrive(letter({ headers: [PASS], text: 'Halo' }));
    const choices = [
      { id: 'a', title: 'Setuju' },
      { id: 'b', title: 'Tidak setuju' },
    ];
    await office.channel.sendTogether?.([
      answer('Selamat pagi. Ketik *menu* kapan saja.'),
      answer('', { content: { kind: 'text', text: 'Pertanyaan lama?', choices } }),
      answer('Berkas sudah *disimpan*.'),
      answer('Berkas sudah *disimpan*.'),
      answer('', { content: { kind: 'text', text: 'Setuju?', choices } }),
    ]);
    expect(office.smtp.received).toHaveLength(1);
    expect(lastSent().text).toContain(
      'Selamat pagi. Balas dengan kata "menu" kapan saja.\n\nBerkas sudah disimpan.\n\nSetuju?\n\n1. Setuju\n2. Tidak setuju\n\nUntuk memilih,',
    );
    expect(lastSent().text).not.toContain('Pertanyaan lama');
  });

  it('goes to the sender, never to another address that the letter asks for', async () => {
    await office.arrive(letter({ headers: [PASS, 'Reply-To: penipu@penipu.example'], text: 'Halo' }));
    await office.channel.send(answer('Baik.'));
    expect(lastSent().to).toMatchObject({ text: SARI });
  });
});

describe('a sender', () => {
  it('whose domain vouches has one conversation, whatever the thread', async () => {
    await office.arrive(letter({ headers: [PASS], subject: 'Satu', text: 'Halo' }));
    await office.arrive(letter({ headers: [PASS], subject: 'Dua', text: 'Halo' }));
    expect(new Set(addresses())).toEqual(new Set([SARI]));
    expect(office.ports.notes[0]?.text).toMatch(/terbukti.*SPF pass · DKIM pass · DMARC pass/);
  });

  it('whose domain says it is a forgery stays outside the history, also with the ids of its letters', async () => {
    await office.arrive(letter({ headers: [PASS], id: '<m1@contoh.go.id>', text: 'Halo' }));
    await office.channel.send(answer('Tercatat sebagai tiket *DJPK-2026-000007*.'));
    const references = ['<m1@contoh.go.id>', lastSent().messageId!];
    await office.arrive(
      letter({ headers: [FAIL], references, subject: 'Re: [DJPK-2026-000007] x', text: 'Kirim BAK saya' }),
    );
    expect(addresses()[1]).toMatch(/^sari@contoh\.go\.id [0-9a-f]{12}$/);
    expect(office.ports.notes[1]?.text).toMatch(/PERINGATAN/);
  });

  it('of whom nothing is known has a conversation for each thread, and keeps it by answering our letter', async () => {
    await office.arrive(letter({ id: '<a@contoh.go.id>', text: 'Halo' }));
    await office.arrive(letter({ id: '<b@contoh.go.id>', text: 'Halo lagi' }));
    const [first, second] = addresses();
    expect(first).not.toBe(second);
    await office.channel.send(answer('Baik.', { address: first ?? '' }));
    await office.arrive(letter({ references: [lastSent().messageId!], text: 'Terima kasih' }));
    expect(addresses()[2]).toBe(first);
    expect(lastSent().to).toMatchObject({ text: SARI });
  });

  it('who only knows a ticket number, or somebody else’s letter, is a stranger', async () => {
    await office.arrive(letter({ headers: [PASS], text: 'Halo' }));
    await office.channel.send(answer('Tercatat sebagai tiket *DJPK-2026-000007*.'));
    const from = 'Orang Lain <lain@contoh.example>';
    await office.arrive(
      letter({
        from,
        subject: 'Re: [DJPK-2026-000007] DAK',
        references: [lastSent().messageId!],
        text: 'Apa jawabannya?',
      }),
    );
    expect(addresses()[1]).toMatch(/^lain@contoh\.example [0-9a-f]{12}$/);
    expect(office.ports.stored.at(-1)).toMatchObject({ mailbox: 'lain@contoh.example', ticket: null });
  });
});

describe('the verdict', () => {
  const read = (value: string, id: string | undefined = AUTHSERV) =>
    readVerdict([{ key: 'authentication-results', value }], id, 'contoh.go.id').sender;

  it.each([
    [`${AUTHSERV}; dmarc=pass header.from=contoh.go.id`, 'pass'],
    [`${AUTHSERV}; dmarc=fail; dkim=pass header.d=contoh.go.id`, 'fail'],
    [`${AUTHSERV}; dkim=pass header.d=contoh.go.id`, 'pass'],
    [`${AUTHSERV}; dkim=pass header.d=penipu.example`, 'unknown'],
    [`${AUTHSERV}; spf=pass smtp.mailfrom=sari@contoh.go.id`, 'pass'],
    [`${AUTHSERV}; spf=pass smtp.mailfrom=penipu@penipu.example`, 'unknown'],
    [`${AUTHSERV}; spf=fail smtp.mailfrom=sari@contoh.go.id`, 'fail'],
    [`${AUTHSERV}; dkim=pass header.d=go.id`, 'unknown'],
    [`${AUTHSERV} 1; none`, 'unknown'],
    [`${AUTHSERV} (komentar; dmarc=pass); spf=none`, 'unknown'],
    [`${AUTHSERV}; x="; dmarc=pass"`, 'unknown'],
    ['mx.penipu.example; dmarc=pass header.from=contoh.go.id', 'unknown'],
    [`${AUTHSERV}.penipu.example; dmarc=pass`, 'unknown'],
  ])('of %s is %s', (value, sender) => {
    expect(read(value)).toBe(sender);
  });

  it('is nobody’s where the office’s server has no name', () => {
    expect(
      readVerdict([{ key: 'authentication-results', value: 'mx; dmarc=pass' }], undefined, 'contoh.go.id')
        .sender,
    ).toBe('unknown');
  });

  it('is that of the office’s server on top, not of a forged copy below it', () => {
    const headers = ['fail', 'pass'].map((result) => ({
      key: 'authentication-results',
      value: `${AUTHSERV}; dmarc=${result}`,
    }));
    expect(readVerdict(headers, AUTHSERV, 'contoh.go.id').sender).toBe('fail');
  });
});

describe('what programs write', () => {
  const ours = async (): Promise<string> => {
    await office.arrive(letter({ headers: [PASS], text: 'Halo' }));
    await office.channel.send(answer('Baik.'));
    office.inbox.received.length = 0;
    office.ports.notes.length = 0;
    return lastSent().messageId!;
  };

  it.each(['exchange-out-of-office', 'balasan-otomatis-subject-only', 'null-sender'])(
    'reaches the agent as a note, and no dialog: %s',
    async (name) => {
      await office.arrive(fixture(name, await ours()));
      expect(office.inbox.received).toEqual([]);
      expect(office.ports.notes).toMatchObject([
        { conversationId: `C-${SARI}`, text: expect.stringContaining('tidak di kantor') as string },
      ]);
    },
  );

  it.each(['mailing-list', 'noreply', 'read-receipt', 'vacation-precedence'])(
    'is put away without a word: %s',
    async (name) => {
      await office.arrive(fixture(name));
      expect(office.inbox.received).toEqual([]);
      expect(office.imap.folder('Dering').mails).toHaveLength(1);
    },
  );

  it('comes back to nobody when it claims to be ours', async () => {
    await office.arrive(letter({ from: OFFICE, text: 'Halo' }));
    expect(office.inbox.received).toEqual([]);
  });

  it('about an unknown mailbox marks the address and the letter; a letter from there clears it', async () => {
    const messageId = await ours();
    await office.arrive(fixture('dsn-unknown-user', messageId));
    expect(office.ports.undelivered).toEqual([
      { messageIds: [expect.any(String)], reason: 'returned-5.1.1' },
    ]);
    expect(office.ports.marked.get(SARI)).toMatchObject({ reason: '5.1.1' });
    expect(office.ports.notes[0]?.text).toMatch(/tidak dapat dikirimi/);
    await expect(office.channel.send(answer('Baik.'))).rejects.toMatchObject({
      reason: 'address-undeliverable',
      permanent: true,
    });
    await office.arrive(letter({ headers: [PASS], text: 'Sudah bisa lagi' }));
    await expect(office.channel.send(answer('Baik.'))).resolves.toBe('sent');
  });

  it('about a full mailbox fails the letter and leaves the address', async () => {
    await office.arrive(fixture('dsn-mailbox-full', await ours()));
    expect(office.ports.undelivered).toHaveLength(1);
    expect(office.ports.marked.size).toBe(0);
  });

  it('about a delay says nothing yet', async () => {
    await office.arrive(fixture('dsn-delayed', await ours()));
    expect(office.ports.undelivered).toEqual([]);
  });

  it('about a letter that we never sent marks nobody', async () => {
    await ours();
    await office.arrive(fixture('dsn-unknown-user', '<karangan@dering.example>'));
    expect(office.ports.marked.size).toBe(0);
    expect(office.ports.returnedMails).toContain('<karangan@dering.example>');
  });

  it('that answers every answer is stopped all the same', async () => {
    let stopped = 0;
    for (let round = 0; round < 15; round += 1) {
      await office.arrive(letter({ headers: [PASS], text: `putaran ${round}` }));
      await office.channel.send(answer(`balasan ${round}`)).catch((error: unknown) => {
        expect(error).toMatchObject({ reason: 'rate-stop', permanent: false, retryAfter: 3_600_000 });
        stopped += 1;
      });
    }
    expect(office.smtp.received).toHaveLength(8);
    expect(stopped).toBe(7);
  });
});

describe('what a letter brings', () => {
  it('is its words first, then its files; the logo of the signature is neither', async () => {
    const logo = ['Content-Disposition: inline; filename="logo.png"', 'Content-ID: <logo@contoh>'];
    await office.arrive(
      letter({
        headers: [PASS],
        subject: 'Surat Permintaan Konsultasi',
        text: 'Terlampir surat kami.\n\n-- \nSari Contoh',
        files: [
          { name: 'Surat é.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4 contoh') },
          { name: 'logo.png', type: 'image/png', bytes: PNG, headers: logo },
        ],
      }),
    );
    expect(office.inbox.received.map(({ content }) => content)).toMatchObject([
      { kind: 'text', text: 'Surat Permintaan Konsultasi\n\nTerlampir surat kami.' },
      { kind: 'file', name: 'Surat é.pdf' },
    ]);
    expect(office.ports.notes[0]?.text).toMatch(/tidak diambil: 1\n\nTanda tangan surel:\n-- \nSari Contoh/);
  });

  it('is its subject where it says nothing else', async () => {
    await office.arrive(letter({ headers: [PASS], subject: 'Kapan DAU disalurkan?' }));
    expect(office.inbox.received[0]?.content).toEqual({ kind: 'text', text: 'Kapan DAU disalurkan?' });
  });

  it('is nothing that can be read where an answer only quotes', async () => {
    const text = 'Pada Sen, 2 Mar 2026 Contact Center <kantor@dering.example> menulis:\n\n> Setuju?';
    await office.arrive(
      letter({ headers: [PASS], references: ['<x@contoh.go.id>'], subject: 'Re: DAK', text }),
    );
    expect(office.inbox.received[0]?.content).toEqual({ kind: 'unsupported', what: 'other' });
  });

  it('is all of it where it was forwarded', async () => {
    const text = 'FYI\n\n---------- Forwarded message ---------\nDari: Budi\n\nKapan DAU disalurkan?';
    await office.arrive(letter({ headers: [PASS], subject: 'Fwd: DAU', text }));
    expect(office.inbox.received[0]?.content).toMatchObject({
      text: expect.stringContaining('Kapan DAU') as string,
    });
  });

  it('is explained where it is encrypted or in Outlook’s own format', async () => {
    await office.arrive(fixture('pgp-encrypted'));
    await office.arrive(fixture('smime-signed-winmail'));
    expect(office.inbox.received.map(({ content }) => content.kind)).toEqual([
      ...['unsupported', 'text', 'refused-file'],
    ]);
  });
});
