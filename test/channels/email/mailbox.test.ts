import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../../src/conversation/channel.js';
import { seededRandom } from '../../../src/shared/ids.js';
import { letter } from './letter.js';
import { createMailOffice, PASS, settled, type MailOffice } from './mail-office.js';

let office: MailOffice;
afterEach(() => office.close());

const words = (): (string | undefined)[] =>
  office.inbox.received.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));

const inboxIsEmpty = (): boolean => office.imap.folder('INBOX').mails.length === 0;

/** The channel waits to connect again and is told to go on until it is up. */
async function reconnected(condition: () => boolean): Promise<void> {
  await settled(() => {
    if (condition()) return true;
    if (office.channel.health().state === 'down') office.ports.goOn();
    return false;
  });
}

describe('the mailbox', () => {
  it('is read over IDLE, and what was taken in is moved away', async () => {
    office = await createMailOffice();
    await office.arrive(letter({ text: 'Halo' }));
    expect(words()).toEqual(['Halo']);
    expect(office.imap.commands).toContain('IDLE');
    expect(office.imap.folder('Dering').mails).toHaveLength(1);
  });

  it('is polled where the server knows no IDLE, and letters are copied where it knows no MOVE', async () => {
    office = await createMailOffice({ without: ['IDLE', 'MOVE'] });
    office.imap.arrive(letter({ text: 'Halo' }), office.clock.now());
    await settled(inboxIsEmpty);
    expect(words()).toEqual(['Halo']);
    expect(office.imap.commands).not.toContain('IDLE');
  });

  it('that was full of old letters before is not answered for them', async () => {
    office = await createMailOffice({
      before: (imap) => {
        for (let index = 0; index < 5; index += 1)
          imap.arrive(letter({ text: `lama ${index}` }), new Date('2026-01-01T00:00:00Z'));
      },
    });
    office.imap.arrive(letter({ text: 'baru' }), office.clock.now());
    await settled(() => office.inbox.received.length > 0);
    expect(words()).toEqual(['baru']);
    await settled(() => office.imap.folder('INBOX').mails.length === 5);
  });

  it('takes in, once and in order, what arrived while nobody was there', async () => {
    office = await createMailOffice();
    await office.arrive(letter({ text: 'satu' }));
    await office.channel.stop();
    for (const text of ['dua', 'tiga', 'empat']) office.imap.arrive(letter({ text }), office.clock.now());
    await office.restart();
    await settled(inboxIsEmpty);
    expect(words()).toEqual(['satu', 'dua', 'tiga', 'empat']);
  });

  it.each(['UID SEARCH', 'UID FETCH', 'UID MOVE', 'IDLE'])(
    'loses nothing and takes nothing twice when the connection is cut at %s',
    async (command) => {
      office = await createMailOffice();
      office.imap.dropAt(command);
      for (const text of ['satu', 'dua', 'tiga']) office.imap.arrive(letter({ text }), office.clock.now());
      await reconnected(() => office.inbox.received.length === 3);
      await reconnected(() => office.channel.health().state === 'up');
      expect(words()).toEqual(['satu', 'dua', 'tiga']);
    },
  );

  it('with new UIDs is gone through again, and nothing is answered twice', async () => {
    office = await createMailOffice({ settings: { doneFolder: 'INBOX.tidak-ada' } });
    const inbox = office.imap.folder('INBOX');
    // Nothing can be moved here, so all letters stay and are only marked.
    office.imap.folder('INBOX.tidak-ada');
    for (const text of ['satu', 'dua']) await office.arrive(letter({ text }));
    for (const mail of office.imap.folder('INBOX.tidak-ada').mails)
      inbox.append(mail.source, mail.internalDate);
    inbox.append(Buffer.from(letter({ text: 'tiga' })), office.clock.now());
    inbox.renumber();
    await office.restart();
    await settled(() => office.inbox.received.length === 3);
    expect(words()).toEqual(['satu', 'dua', 'tiga']);
  });

  it('waits longer from one failure to the next, and says why it is down', async () => {
    office = await createMailOffice();
    await office.imap.close();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await settled(() => office.channel.health().state === 'down' && office.ports.waits.length === 1);
      waits.push(office.ports.waits[0] ?? 0);
      office.ports.goOn();
      await settled(() => office.ports.waits.length === 0 || office.ports.waits[0] !== waits.at(-1));
    }
    expect(waits).toEqual([1000, 2000, 5000, 10_000]);
    expect(office.channel.health().reason).toMatch(/not reached/);
  });

  it('whose password is refused is not tried every second', async () => {
    office = await createMailOffice();
    office.imap.refuseLogin();
    office.imap.dropAll();
    await settled(() => office.channel.health().state === 'down');
    await settled(() => {
      if ((office.channel.health().reason ?? '').includes('password')) return true;
      office.ports.goOn();
      return false;
    });
    await settled(() => office.ports.waits.length > 0);
    expect(office.ports.waits.at(-1)).toBeGreaterThanOrEqual(120_000);
  });

  it('takes a burst of fifty letters in, each once', async () => {
    office = await createMailOffice();
    const texts = Array.from({ length: 50 }, (_, index) => `surat ${index + 1}`);
    for (const text of texts) office.imap.arrive(letter({ text }), office.clock.now());
    await settled(inboxIsEmpty);
    expect(words()).toEqual(texts);
  });

  it.each([1, 2, 3])(
    'over connections cut at random takes in every letter, once and in order (%i)',
    async (seed) => {
      office = await createMailOffice();
      const random = seededRandom(seed);
      const commands = ['LOGIN', 'SELECT', 'UID SEARCH', 'UID FETCH', 'UID MOVE', 'STATUS', 'IDLE'];
      const texts = Array.from({ length: 20 }, (_, index) => `surat ${index + 1}`);
      for (const text of texts) {
        if (random() < 0.5) office.imap.dropAt(commands[Math.floor(random() * commands.length)] ?? 'IDLE');
        office.imap.arrive(letter({ text }), office.clock.now());
      }
      await reconnected(() => office.inbox.received.length === texts.length);
      expect(words()).toEqual(texts);
    },
  );

  it('believes no clock that runs ahead', async () => {
    office = await createMailOffice();
    await office.arrive(
      letter({ text: 'Halo', date: new Date('2031-01-01T00:00:00Z') }),
      new Date('2026-03-05T00:00:00Z'),
    );
    expect(office.inbox.received[0]?.sentAt).toEqual(office.clock.now());
  });

  it('tells what it knows of its traffic', async () => {
    office = await createMailOffice();
    expect(office.channel.status?.()).toMatchObject({
      state: 'up',
      lastInboundAt: null,
      lastConfirmedOutboundAt: null,
    });
    await office.arrive(letter({ text: 'Halo' }));
    expect(office.channel.status?.().lastInboundAt).toEqual(office.clock.now());
    const message: OutboundMessage = {
      ...{ id: '01ARZ3NDEKTSV4RRFFQ69G5001', conversationId: 'C', address: 'sari@contoh.go.id' },
      ...{ author: { kind: 'bot' }, content: { kind: 'text', text: 'Baik.' } },
    };
    office.smtp.next.push('refuse');
    await expect(office.channel.send(message)).rejects.toThrow();
    office.clock.advance(60_000);
    expect(office.channel.status?.()).toMatchObject({ lastConfirmedOutboundAt: null, queueAge: 60 });
    await office.channel.send(message);
    expect(office.channel.status?.()).toMatchObject({
      lastConfirmedOutboundAt: office.clock.now(),
      queueAge: 0,
    });
  });
});

describe('a letter that cannot be taken in', () => {
  const bomb = (): string =>
    [
      'From: Sari Contoh <sari@contoh.go.id>',
      'Message-ID: <bom@contoh.go.id>',
      'Subject: Bom',
      ...Array.from(
        { length: 200 },
        (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}`,
      ),
      '\r\nx',
    ].join('\r\n');

  it('is set aside and shown, its sender hears of it, and the next one is taken in', async () => {
    office = await createMailOffice();
    await office.arrive(bomb());
    await office.arrive(letter({ text: 'berikutnya' }));
    expect(words()).toEqual(['unsupported', 'berikutnya']);
    expect(office.imap.sources('Dering-periksa')).toHaveLength(1);
    await settled(() => (office.channel.health().reason ?? '').includes('1 unreadable'));
    expect(office.channel.health().state).toBe('up');
  });

  it('and does not even say from whom, is set aside in silence', async () => {
    office = await createMailOffice();
    await office.arrive('Subject: tanpa pengirim\r\n\r\nHalo');
    await office.arrive(Buffer.alloc(3_000, 0xff));
    expect(words()).toEqual([]);
    expect(office.imap.folder('Dering-periksa').mails).toHaveLength(2);
  });

  it('because it ends the process is not begun a fifth time', async () => {
    office = await createMailOffice();
    await office.channel.stop();
    const [box] = office.ports.positions.keys();
    const before = office.ports.positions.get(box ?? '');
    office.ports.positions.set(box ?? '', { ...before!, trying: { uid: 1, times: 4 } });
    office.imap.arrive(letter({ text: 'beracun' }), office.clock.now());
    office.imap.arrive(letter({ text: 'berikutnya' }), office.clock.now());
    await office.restart();
    await settled(inboxIsEmpty);
    expect(words()).toEqual(['unsupported', 'berikutnya']);
    expect(office.imap.folder('Dering-periksa').mails).toHaveLength(1);
  });

  it('because its files fail to be stored is tried some times and then set aside', async () => {
    office = await createMailOffice();
    office.ports.storeFile = () => Promise.reject(new Error('the disk is full'));
    const files = [{ name: 'surat.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4') }];
    office.imap.arrive(letter({ text: 'Surat kami', files }), office.clock.now());
    await reconnected(() => office.imap.folder('Dering-periksa').mails.length === 1);
    expect(words()).toEqual(['unsupported']);
  });

  it('because it is too large is told so, with the words it begins with', async () => {
    office = await createMailOffice();
    const files = [{ name: 'besar.pdf', type: 'application/pdf', bytes: Buffer.alloc(2_500_000, '%PDF') }];
    await office.arrive(
      letter({ subject: 'Laporan', headers: [PASS], text: 'Terlampir laporan kami.', files }),
    );
    expect(office.inbox.received.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'Laporan\n\nTerlampir laporan kami.' },
      { kind: 'refused-file', name: 'Laporan', reason: 'too-large' },
    ]);
    expect(office.inbox.received[0]?.address).toBe('sari@contoh.go.id');
  });
});
