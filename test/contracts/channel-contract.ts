import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ChannelError,
  type Channel,
  type Inbox,
  type InboundContent,
  type InboundMessage,
  type OutboundMessage,
} from '../../src/conversation/channel.js';

/** Something a person does on the platform. */
export type UserAction =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; choice: string; text: string }
  | { kind: 'file'; name: string; bytes: Buffer }
  /** A file the office does not take; `reason` is the one expected. */
  | { kind: 'refused-file'; name: string; bytes: Buffer; reason: string }
  | { kind: 'unsupported' };

export interface SentMessage {
  text: string;
  /** Titles of buttons the platform shows; empty where choices are part of the text. */
  buttons: string[];
}

/** One channel with a platform played by the test. */
export interface ChannelHarness {
  channel: Channel;
  inbox: FakeInbox;
  /**
   * The person acts at `at`, and the platform hands it to the channel.
   * @returns whether the platform was told "received"; 'impossible' where the platform has no such action
   */
  deliverInbound(action: UserAction, at: Date): Promise<'acknowledged' | 'not-acknowledged' | 'impossible'>;
  /** The platform hands over the last action once more, under the same id. */
  redeliver(): Promise<'acknowledged' | 'not-acknowledged' | 'impossible'>;
  /** Where the person's messages arrive for the office, e.g. to answer. */
  address(): string;
  /** Lets the office send; the message is stored before, as the engine does. */
  sendOutbound(message: OutboundMessage): Promise<'sent' | 'delivered'>;
  /** What the person sees of the office, in order. */
  sentMessages(): Promise<SentMessage[]>;
  /** From now on the platform takes nothing. */
  breakTransport(): Promise<void>;
  /** What must never be stored as an address: a token, a cookie. */
  secrets(): string[];
  close(): Promise<void>;
}

/** An inbox that remembers, and that can fail as a database does. */
export interface FakeInbox extends Inbox {
  readonly received: InboundMessage[];
  /** Calls so far, failed ones too. */
  readonly attempts: number;
  failing: boolean;
}

export function createFakeInbox(): FakeInbox {
  const received: InboundMessage[] = [];
  const seen = new Map<string, string>();
  let attempts = 0;
  return {
    received,
    failing: false,
    get attempts() {
      return attempts;
    },
    receive(message) {
      attempts += 1;
      if (this.failing) return Promise.reject(new Error('the database is away'));
      const key = [message.channel, message.account, message.providerId].join(' ');
      const known = seen.get(key);
      if (known === undefined) {
        received.push(message);
        seen.set(key, `M${received.length}`);
      }
      return Promise.resolve({
        conversationId: `C-${message.address}`,
        messageId: seen.get(key) ?? '',
        duplicate: known !== undefined,
      });
    },
  };
}

const MORNING = new Date('2026-03-02T02:00:00Z');
const later = (seconds: number): Date => new Date(MORNING.getTime() + seconds * 1000);

/** What every channel promises. Run it with a harness that plays the platform. */
export function describeChannelContract(name: string, create: () => Promise<ChannelHarness>): void {
  describe(`channel contract: ${name}`, () => {
    let harness: ChannelHarness;
    let messageNumber = 0;

    beforeEach(async () => {
      harness = await create();
      messageNumber = 0;
    });
    afterEach(() => harness.close());

    const outbound = (content: OutboundMessage['content']): OutboundMessage => {
      messageNumber += 1;
      return {
        id: `01ARZ3NDEKTSV4RRFFQ69G5${String(messageNumber).padStart(3, '0')}`,
        conversationId: `C-${harness.address()}`,
        address: harness.address(),
        author: { kind: 'bot' },
        content,
      };
    };
    const only = (): InboundContent | undefined => {
      expect(harness.inbox.received).toHaveLength(1);
      return harness.inbox.received[0]?.content;
    };

    describe('inbound', () => {
      it('takes a text as it was written', async () => {
        const text = 'Selamat pagi.\tDAK <b>2026</b>? *tebal* 👍🏽';
        expect(await harness.deliverInbound({ kind: 'text', text }, MORNING)).toBe('acknowledged');
        expect(only()).toEqual({ kind: 'text', text });
      });

      it('names itself, its account and an id in what it delivers', async () => {
        await harness.deliverInbound({ kind: 'text', text: 'Halo' }, MORNING);
        const [message] = harness.inbox.received;
        expect(message).toMatchObject({ channel: harness.channel.name, account: harness.channel.account });
        expect(message?.providerId).not.toBe('');
      });

      it('takes a picked choice with its id and its words', async ({ skip }) => {
        const action: UserAction = { kind: 'choice', choice: 'consult', text: 'Konsultasi' };
        if ((await harness.deliverInbound(action, MORNING)) === 'impossible') skip();
        expect(only()).toEqual(action);
      });

      it('takes a file by reference, with its name and size', async ({ skip }) => {
        const bytes = Buffer.from('%PDF-1.4 contoh');
        const outcome = await harness.deliverInbound({ kind: 'file', name: 'Surat é.pdf', bytes }, MORNING);
        if (outcome === 'impossible') skip();
        expect(only()).toMatchObject({
          kind: 'file',
          name: 'Surat é.pdf',
          mimeType: 'application/pdf',
          size: bytes.length,
        });
      });

      it.for([
        { name: 'kosong.pdf', bytes: Buffer.alloc(0), reason: 'empty' },
        { name: 'program.pdf', bytes: Buffer.from('MZ\x90\0'), reason: 'name-mismatch' },
        { name: 'program.exe', bytes: Buffer.from('MZ\x90\0'), reason: 'type' },
        { name: 'besar.pdf', bytes: Buffer.alloc(1_100_000, '%PDF'), reason: 'too-large' },
      ])('records a file it cannot take, with the reason ($reason)', async (file, { skip }) => {
        const outcome = await harness.deliverInbound({ kind: 'refused-file', ...file }, MORNING);
        if (outcome === 'impossible') skip();
        expect(only()).toEqual({ kind: 'refused-file', name: file.name, reason: file.reason });
      });

      it('hands on what it does not understand as unsupported', async ({ skip }) => {
        const outcome = await harness.deliverInbound({ kind: 'unsupported' }, MORNING);
        if (outcome === 'impossible') skip();
        expect(only()).toMatchObject({ kind: 'unsupported' });
      });

      it('acknowledges a second delivery and handles it once', async ({ skip }) => {
        await harness.deliverInbound({ kind: 'text', text: 'Sekali saja' }, MORNING);
        const outcome = await harness.redeliver();
        if (outcome === 'impossible') skip();
        expect(outcome).toBe('acknowledged');
        expect(harness.inbox.received).toHaveLength(1);
        expect(harness.inbox.attempts).toBe(2);
      });

      it('does not acknowledge what could not be stored, and takes it when delivered again', async () => {
        harness.inbox.failing = true;
        expect(await harness.deliverInbound({ kind: 'text', text: 'Penting' }, MORNING)).toBe(
          'not-acknowledged',
        );
        expect(harness.channel.health().state).toBe('down');
        harness.inbox.failing = false;
        const again = await harness.redeliver();
        if (again === 'impossible') await harness.deliverInbound({ kind: 'text', text: 'Penting' }, MORNING);
        else expect(again).toBe('acknowledged');
        expect(only()).toEqual({ kind: 'text', text: 'Penting' });
        expect(harness.channel.health().state).toBe('up');
      });

      it('keeps the order and gives every message its own id', async () => {
        const texts = Array.from({ length: 20 }, (_, index) => `gelembung ${index + 1}`);
        for (const [index, text] of texts.entries())
          await harness.deliverInbound({ kind: 'text', text }, later(index));
        expect(harness.inbox.received.map(({ content }) => 'text' in content && content.text)).toEqual(texts);
        expect(new Set(harness.inbox.received.map(({ providerId }) => providerId)).size).toBe(20);
      });

      it("keeps the platform's time of each message", async () => {
        await harness.deliverInbound({ kind: 'text', text: 'satu' }, later(10));
        await harness.deliverInbound({ kind: 'text', text: 'dua' }, later(75));
        expect(harness.inbox.received.map(({ sentAt }) => sentAt)).toEqual([later(10), later(75)]);
      });

      it('knows one person by one address, which gives no secret away', async () => {
        await harness.deliverInbound({ kind: 'text', text: 'satu' }, MORNING);
        await harness.deliverInbound({ kind: 'text', text: 'dua' }, later(1));
        const [address, ...others] = new Set(harness.inbox.received.map((message) => message.address));
        expect(others).toEqual([]);
        expect(address).toBe(harness.address());
        for (const secret of harness.secrets())
          expect(JSON.stringify(harness.inbox.received)).not.toContain(secret);
      });
    });

    describe('outbound', () => {
      beforeEach(() => harness.deliverInbound({ kind: 'text', text: 'Halo' }, MORNING));

      it('shows texts in the order they were sent', async () => {
        for (const text of ['pertama', 'kedua', 'ketiga'])
          expect(await harness.sendOutbound(outbound({ kind: 'text', text }))).toMatch(/^(sent|delivered)$/);
        const sent = await harness.sentMessages();
        expect(sent.map(({ text }) => text)).toEqual(['pertama', 'kedua', 'ketiga']);
      });

      it('splits a text over the limit and loses no word', async () => {
        const limit = harness.channel.capabilities.maxTextLength;
        const words = Array.from({ length: Math.ceil((limit * 2.5) / 8) }, (_, index) => `kata${index}`);
        await harness.sendOutbound(outbound({ kind: 'text', text: words.join(' ') }));
        const sent = await harness.sentMessages();
        expect(sent.length).toBeGreaterThan(1);
        for (const { text } of sent) expect(text.length).toBeLessThanOrEqual(limit);
        expect(sent.flatMap(({ text }) => text.split(/\s+/))).toEqual(words);
      });

      it('shows every choice, as a button or as a numbered line', async () => {
        const titles = ['Konsultasi', 'Status tiket', 'Petugas', 'Bahasa Inggris'];
        const choices = titles.map((title) => ({ id: title.toLowerCase(), title }));
        await harness.sendOutbound(outbound({ kind: 'text', text: 'Pilih:', choices, numbered: true }));
        const [message] = await harness.sentMessages();
        if (harness.channel.capabilities.maxButtons >= titles.length)
          expect(message?.buttons).toEqual(titles);
        else
          for (const [index, title] of titles.entries())
            expect(message?.text).toContain(`${index + 1}. ${title}`);
      });

      it('fails with a channel error while the platform takes nothing', async () => {
        await harness.breakTransport();
        const attempt = harness.sendOutbound(outbound({ kind: 'text', text: 'tidak sampai' }));
        await expect(attempt).rejects.toBeInstanceOf(ChannelError);
      });
    });

    describe('life', () => {
      it('is up after start and down after stop, with a reason', async () => {
        expect(harness.channel.health()).toEqual({ state: 'up' });
        await harness.channel.stop();
        expect(harness.channel.health().state).toBe('down');
        expect(harness.channel.health().reason).toBeTruthy();
      });

      it('can be stopped twice', async () => {
        await harness.channel.stop();
        await expect(harness.channel.stop()).resolves.toBeUndefined();
      });
    });
  });
}
