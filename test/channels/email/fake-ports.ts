import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import type { EmailPorts, StoredLetter } from '../../../src/channels/index.js';
import type { Position } from '../../../src/channels/email/types.js';
import { ChannelError } from '../../../src/conversation/channel.js';
import { createSmtpTransport } from '../../../src/services/mail/smtp-transport.js';
import { isRefusedForGood } from '../../../src/services/mail/refused-for-good.js';
import type { VirtualClock } from '../../../src/shared/clock.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { silentLogger } from '../../../src/shared/logger.js';
import { createFakeOffice } from '../web-chat/fake-office.js';
import { DomainError } from '../../../src/shared/errors.js';

/** An office that remembers in memory, sends over the given mail server, and whose waits end when the test says so. */
export interface FakePorts extends EmailPorts {
  readonly stored: StoredLetter[];
  readonly positions: Map<string, Position>;
  readonly notes: { conversationId: string; key: string; text: string }[];
  readonly undelivered: { messageIds: readonly string[]; reason: string }[];
  readonly returnedMails: string[];
  readonly marked: Map<string, { reason: string; since: Date }>;
  /** Lengths in milliseconds of the waits that are under way. */
  readonly waits: number[];
  /** Ends every wait that is under way. */
  goOn(): void;
}

const texts = loadTexts();

export function createFakePorts(clock: VirtualClock, smtpUrl: string, maxFileBytes = 1_000_000): FakePorts {
  const stored: StoredLetter[] = [];
  const positions = new Map<string, Position>();
  const notes: FakePorts['notes'] = [];
  const undelivered: FakePorts['undelivered'] = [];
  const returnedMails: string[] = [];
  const marked: FakePorts['marked'] = new Map();
  const waits: number[] = [];
  const wakers = new Set<() => void>();
  const transport = createSmtpTransport(smtpUrl);
  const office = createFakeOffice();
  return {
    ...{
      clock,
      texts,
      log: silentLogger,
      stored,
      positions,
      notes,
      undelivered,
      returnedMails,
      marked,
      waits,
    },
    contact: { phone: '150420', whatsapp: '0811-150420-7', email: 'kantor@dering.example' },
    goOn: () => [...wakers].forEach((wake) => wake()),
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        const end = (): void => {
          wakers.delete(end);
          const at = waits.indexOf(milliseconds);
          if (at >= 0) waits.splice(at, 1);
          resolve();
        };
        if (signal.aborted) {
          resolve();
          return;
        }
        waits.push(milliseconds);
        wakers.add(end);
        signal.addEventListener('abort', end, { once: true });
      }),
    async storeFile({ content, name, now }) {
      if (content.byteLength > maxFileBytes) throw new DomainError('file-too-large');
      const conversationKey = { channel: 'web-chat' as const, account: '', address: '' };
      return office.ports.storeFile({ stream: streamOf(content), name, conversationKey, now });
    },
    openFile: () => Promise.reject(new DomainError('not-found')),
    async sendMail({ automatic, ...mail }) {
      try {
        const from = 'Contact Center <kantor@dering.example>';
        await transport.send({ id: mail.messageId, from, ...mail, automatic: automatic ? 'replied' : 'no' });
      } catch (error) {
        throw new ChannelError('mail-server', isRefusedForGood(error), undefined, { cause: error });
      }
    },
    sign: (text) => createHmac('sha256', 'kunci contoh').update(text).digest('hex'),
    readPosition: (box) => Promise.resolve(positions.get(box)),
    writePosition(box, position) {
      positions.set(box, position);
      return Promise.resolve();
    },
    letters: {
      save(letter) {
        if (!stored.some(({ id }) => id === letter.id)) stored.push(letter);
        return Promise.resolve();
      },
      find: (id) => Promise.resolve(stored.find((letter) => letter.id === id)),
      withMessageIds: (ids, mailbox) =>
        Promise.resolve(
          stored
            .filter((it) => ids.includes(it.messageId) && (mailbox === undefined || it.mailbox === mailbox))
            .reverse(),
        ),
      latest: (address, limit) =>
        Promise.resolve(
          stored
            .filter((it) => it.address === address)
            .reverse()
            .slice(0, limit),
        ),
      countAutomatic: (mailbox, since) =>
        Promise.resolve(
          stored.filter((it) => it.mailbox === mailbox && it.automatic && it.at > since).length,
        ),
      conversationOf: (address) => Promise.resolve(`C-${address}`),
    },
    addressee: () => Promise.resolve({ language: 'id', name: undefined }),
    addNote(note) {
      if (!notes.some(({ key }) => key === note.key)) notes.push(note);
      return Promise.resolve();
    },
    noteUndelivered(messageIds, reason) {
      undelivered.push({ messageIds, reason });
      return Promise.resolve();
    },
    noteReturnedMail(messageId) {
      returnedMails.push(messageId);
      return Promise.resolve(false);
    },
    undeliverable: {
      find: (mailbox) => Promise.resolve(marked.get(mailbox)),
      mark(mailbox, reason, since) {
        marked.set(mailbox, { reason, since });
        return Promise.resolve();
      },
      clear(mailbox) {
        marked.delete(mailbox);
        return Promise.resolve();
      },
    },
  };
}

function streamOf(content: Uint8Array): Readable {
  return Readable.from([Buffer.from(content)]);
}
