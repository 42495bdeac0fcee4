import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Inbox, InboundMessage } from '../../../src/conversation/channel.js';
import type { ChatLine, FileReference, WebChatPorts } from '../../../src/channels/web-chat/types.js';
import { createChangeFeed } from '../../../src/shared/change-feed.js';
import { VirtualClock, type Clock } from '../../../src/shared/clock.js';
import { DomainError } from '../../../src/shared/errors.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { createIdGenerator, seededRandom } from '../../../src/shared/ids.js';
import { silentLogger } from '../../../src/shared/logger.js';

export const MONDAY_MORNING = new Date('2026-03-02T02:00:00Z');

interface Visitor {
  conversationId: string;
  lines: ChatLine[];
}

/** An office in memory: inbox, history and file store, without a bot. */
export interface FakeOffice {
  ports: WebChatPorts;
  inbox: Inbox;
  clock: Clock;
  received: InboundMessage[];
  receipts: { address: string; upTo: string; state: string; at: Date }[];
  /** Uploads begun, and those that never came to an end. */
  uploads: number;
  brokenUploads: number;
  /** While set, storing a message throws it. */
  storingFails: Error | undefined;
  say(
    address: string,
    content: ChatLine['content'],
    options?: { id?: string; author?: ChatLine['author']; state?: ChatLine['state'] },
  ): ChatLine;
  setState(address: string, id: string, state: ChatLine['state']): void;
  newId(): string;
  lines(address: string): ChatLine[];
  onReceive: ((message: InboundMessage, conversationId: string) => void) | undefined;
}

export function createFakeOffice(
  overrides: Partial<WebChatPorts> = {},
  clock: Clock = new VirtualClock(MONDAY_MORNING),
): FakeOffice {
  const newId = createIdGenerator(clock, seededRandom(7));
  const visitors = new Map<string, Visitor>();
  const stored = new Map<string, { conversationId: string; messageId: string }>();
  const files = new Map<string, { file: FileReference; bytes: Buffer; owners: Set<string> }>();
  const changes = createChangeFeed('test');

  const visitorOf = (address: string): Visitor => {
    const visitor = visitors.get(address) ?? { conversationId: newId(), lines: [] };
    visitors.set(address, visitor);
    return visitor;
  };
  const add = (address: string, line: ChatLine): ChatLine => {
    const visitor = visitorOf(address);
    visitor.lines = [...visitor.lines, line].sort((a, b) => (a.id < b.id ? -1 : 1));
    changes.publish({ topic: 'message', id: line.id, conversationId: visitor.conversationId });
    return line;
  };

  const office: FakeOffice = {
    clock,
    received: [],
    receipts: [],
    storingFails: undefined,
    uploads: 0,
    brokenUploads: 0,
    onReceive: undefined,
    newId,
    lines: (address) => visitors.get(address)?.lines ?? [],
    inbox: {
      receive(message) {
        if (office.storingFails) return Promise.reject(office.storingFails);
        const key = `${message.channel} ${message.account} ${message.providerId}`;
        const known = stored.get(key);
        if (known) return Promise.resolve({ ...known, duplicate: true });
        const { conversationId } = visitorOf(message.address);
        const entry = { conversationId, messageId: newId() };
        stored.set(key, entry);
        office.received.push(message);
        add(message.address, {
          id: entry.messageId,
          providerId: message.providerId,
          direction: 'in',
          author: { kind: 'user' },
          content: message.content,
          sentAt: message.sentAt,
          state: 'sent',
        });
        office.onReceive?.(message, conversationId);
        return Promise.resolve({ ...entry, duplicate: false });
      },
    },
    say: (address, content, options = {}) =>
      add(address, {
        id: options.id ?? newId(),
        direction: 'out',
        author: options.author ?? { kind: 'bot' },
        content,
        sentAt: clock.now(),
        state: options.state ?? 'sent',
      }),
    setState(address, id, state) {
      const visitor = visitorOf(address);
      visitor.lines = visitor.lines.map((line) => (line.id === id ? { ...line, state } : line));
      changes.publish({ topic: 'message', id, conversationId: visitor.conversationId });
    },
    ports: {
      clock,
      changes,
      texts: loadTexts(),
      log: { ...silentLogger },
      secureCookies: false,
      maxFileBytes: 1_000_000,
      contact: { phone: '150420', whatsapp: '0811-150420-7', email: 'callcenter@contoh.go.id' },
      async storeFile({ stream, name, conversationKey }) {
        office.uploads += 1;
        const bytes = await readAll(stream).catch((error: unknown) => {
          office.brokenUploads += 1;
          throw error;
        });
        const mimeType = sniff(bytes, name);
        const fileId = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
        const file = { fileId, name, mimeType, size: bytes.length };
        const owners = files.get(fileId)?.owners ?? new Set();
        files.set(fileId, { file, bytes, owners: owners.add(conversationKey.address) });
        return file;
      },
      openFile(address, fileId) {
        const found = files.get(fileId);
        return Promise.resolve(
          found?.owners.has(address) ? { file: found.file, stream: Readable.from([found.bytes]) } : undefined,
        );
      },
      history(address, { before, after, limit }) {
        const lines = office.lines(address);
        if (after !== undefined) {
          const behind = lines.filter((line) => line.id > after);
          const items = behind.slice(0, limit);
          return Promise.resolve({ items, next: behind.length > limit ? items.at(-1)!.id : null });
        }
        const ahead = before === undefined ? lines : lines.filter((line) => line.id < before);
        const items = ahead.slice(-limit);
        return Promise.resolve({ items, next: ahead.length > limit ? items[0]!.id : null });
      },
      conversationOf: (address) => Promise.resolve(visitors.get(address)?.conversationId),
      receipts(address, upTo, state, now) {
        office.receipts.push({ address, upTo, state, at: now });
        return Promise.resolve();
      },
      ...overrides,
    },
  };
  return office;
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function sniff(bytes: Buffer, name: string): string {
  if (bytes.length === 0) throw new DomainError('file-empty');
  if (bytes.subarray(0, 2).toString('latin1') === 'MZ')
    throw new DomainError(name.endsWith('.pdf') ? 'file-name-mismatch' : 'file-type-refused');
  if (bytes.subarray(0, 4).toString('latin1') === '%PDF') return 'application/pdf';
  if (bytes.subarray(1, 4).toString('latin1') === 'PNG') return 'image/png';
  if (bytes.subarray(0, 4).toString('latin1') === '<svg') return 'image/svg+xml';
  return 'text/plain';
}
