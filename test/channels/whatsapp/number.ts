import { Readable } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { Curve, initAuthCreds } from '@whiskeysockets/baileys';
import { openAuth } from '../../../src/channels/whatsapp/auth-state.js';
import { createWhatsApp, type WhatsApp, type WhatsAppPorts } from '../../../src/channels/whatsapp/index.js';
import { createSealer } from '../../../src/channels/whatsapp/seal.js';
import type { Inbox, InboundMessage, OutboundMessage } from '../../../src/conversation/channel.js';
import { connectModels, type Models } from '../../../src/models/index.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { createIdGenerator, seededRandom } from '../../../src/shared/ids.js';
import type { Logger } from '../../../src/shared/logger.js';
import { createWhatsAppStore } from '../../../src/whatsapp-store/index.js';
import { createFakeInbox, type FakeInbox } from '../../contracts/channel-contract.js';
import { uniqueDatabaseUri } from '../../support/database.js';
import { ManualTimers } from '../../support/manual-timers.js';
import {
  seed,
  trustAuthority,
  WhatsAppServer,
  type Device,
  type SimUser,
} from '../../support/whatsapp-server/index.js';

export const KEY = Buffer.alloc(32, 7);
const ACCOUNT = 'main';
export const NUMBER = '6281100000001';

/** The office's number on a stand-in of WhatsApp, with everything the channel keeps in a database of its own. */
export interface Number {
  readonly server: WhatsAppServer;
  readonly models: Models;
  readonly uri: string;
  readonly clock: VirtualClock;
  readonly time: ManualTimers;
  readonly inbox: FakeInbox;
  /** What the office's phone typed. */
  readonly ownerWrote: { address: string; text: string }[];
  readonly receipts: { messageId: string; state: string }[];
  readonly files: Map<string, Buffer>;
  readonly user: SimUser;
  channel: WhatsApp;
  ports: WhatsAppPorts;
  /** The linked device of the channel. */
  device(): Device;
  /** Waits until the channel is up. */
  up(): Promise<void>;
  /** Waits until the inbox has so many messages. */
  received(count: number): Promise<InboundMessage[]>;
  /**
   * Waits until the platform knows that everything has arrived. The inbox may have a message before that; when the
   * process or the line ends in between, the message comes once more and cannot be decrypted a second time, so that it
   * is asked for again.
   */
  acknowledged(): Promise<unknown>;
  /** What the office says to the person who wrote first. */
  message(content: OutboundMessage['content'] | string, id?: string): OutboundMessage;
  /** The process ends without a word and another one starts. */
  restart(more?: Partial<WhatsAppPorts>): Promise<void>;
  close(): Promise<void>;
}

interface NumberOptions {
  /** Begin with credentials of a linked device. */
  paired?: boolean;
  /** Somebody else's database and clock. */
  home?: { models: Models; clock: VirtualClock };
  /** Instead of the inbox that only remembers. */
  receive?: Inbox['receive'];
  ports?: (ports: WhatsAppPorts) => Partial<WhatsAppPorts>;
}

let numbers = 0;

export async function startNumber(options: NumberOptions = {}): Promise<Number> {
  const { paired = true, ports: adapt, home, receive } = options;
  const clock = home?.clock ?? new VirtualClock(new Date('2026-03-02T01:00:00Z'));
  const server = await new WhatsAppServer(clock).listen();
  trustAuthority(server.authority.root.public);
  const account = server.addAccount(NUMBER);
  const user = server.addUser('6281234567890', '700000000000001');
  const uri = uniqueDatabaseUri();
  const models = home?.models ?? (await connectModels(uri));
  const time = new ManualTimers(clock, 5_000);
  const inbox = createFakeInbox();
  const ownerWrote: Number['ownerWrote'] = [];
  const receipts: Number['receipts'] = [];
  const files = new Map<string, Buffer>();
  let sent = 0;

  const newPorts = (): WhatsAppPorts => {
    numbers += 1;
    const newId = createIdGenerator(clock, seededRandom(numbers));
    const ports: WhatsAppPorts = {
      ...{
        account: ACCOUNT,
        owner: `process-${numbers}`,
        clock,
        timers: time,
        random: seededRandom(numbers),
      },
      ...{
        newId,
        log: touchingLogger(server),
        key: KEY,
        version: undefined,
        showOnline: false,
        maxFileBytes: 1_000_000,
      },
      store: createWhatsAppStore(models, ACCOUNT, newId),
      storeFile: async ({ stream, name }) => {
        const bytes = Buffer.concat((await Readable.from(stream).toArray()) as Buffer[]);
        const fileId = `F${files.size + 1}`;
        files.set(fileId, bytes);
        return { fileId, name, mimeType: 'application/pdf', size: bytes.length };
      },
      openFile: (fileId) => {
        const bytes = files.get(fileId) ?? Buffer.alloc(0);
        const file = { fileId, name: 'Jawaban.pdf', mimeType: 'application/pdf', size: bytes.length };
        return Promise.resolve({ file, stream: Readable.from([bytes]) });
      },
      receipt: (messageId, state) => {
        receipts.push({ messageId, state });
        server.changes.touch();
        return Promise.resolve();
      },
      ownerWrote: ({ address, text }) => {
        ownerWrote.push({ address, text });
        server.changes.touch();
        return Promise.resolve();
      },
      server: { url: server.url, mediaHost: server.media.host, keepAliveMs: 60_000 },
    };
    return { ...ports, ...adapt?.(ports) };
  };

  if (paired) await seedCredentials(newPorts(), account);
  const start = async (ports: WhatsAppPorts): Promise<WhatsApp> => {
    const channel = createWhatsApp(ports);
    channel.pairing.onChange(server.changes.touch);
    await channel.start({
      receive: async (message) => {
        try {
          return await (receive ?? inbox.receive.bind(inbox))(message);
        } finally {
          server.changes.touch();
        }
      },
    });
    return channel;
  };
  const ports = newPorts();
  const number: Number = {
    ...{ server, models, uri, clock, time, inbox, ownerWrote, receipts, files, user, ports },
    channel: await start(ports),
    device: () => [...account.devices.values()].at(-1)!,
    up: async () => {
      // Together: a channel that has not noticed a broken line still calls itself up.
      const isUp = (): boolean =>
        number.channel.health().state === 'up' && number.device().connection?.live === true;
      await server.changes.until(isUp, 'the channel is up and the device is live');
    },
    received: (count) =>
      server.changes.until(() => inbox.received.length >= count && inbox.received, `${count} messages`),
    acknowledged: () =>
      server.changes.until(() => number.device().queue.length === 0, 'everything is acknowledged'),
    message: (content, id) => {
      sent += 1;
      const address = inbox.received[0]?.address ?? '';
      return {
        id: id ?? `01ARZ3NDEKTSV4RRFFQ69G5${String(sent).padStart(3, '0')}`,
        ...{ conversationId: `C-${address}`, address, author: { kind: 'bot' } },
        content: typeof content === 'string' ? { kind: 'text', text: content } : content,
      };
    },
    restart: async (more) => {
      await number.channel.stop();
      number.ports = { ...newPorts(), ...more };
      number.channel = await start(number.ports);
    },
    close: async () => {
      await number.channel.stop();
      await server.close();
      if (home) return;
      await models.connection.dropDatabase();
      await models.connection.close();
    },
  };
  return number;
}

const PRE_KEYS = 30;

function fail(error: unknown): never {
  throw error;
}

/** What the channel logs is nobody's concern, but that it does wakes who waits. */
function touchingLogger({ changes }: WhatsAppServer): Logger {
  const touch = (): void => void setImmediate(changes.touch);
  return { debug: touch, info: touch, warn: touch, error: touch };
}

/** As if a phone had scanned the code some time ago. */
async function seedCredentials(
  { store, clock, key }: WhatsAppPorts,
  account: ReturnType<WhatsAppServer['addAccount']>,
): Promise<void> {
  const now = clock.now();
  const taken = await store.acquire(randomBytes(4).toString('hex'), now, new Date(now.getTime() + 1_000));
  const creds = initAuthCreds();
  const device = seed(account, creds);
  creds.me = { ...creds.me!, name: 'Kantor Contoh' };
  const { lease } = taken!;
  const auth = openAuth(lease, null, { store, sealer: createSealer(key), failed: fail });
  Object.assign(auth.state.creds, creds);
  // A first login makes 812 keys; these few are enough for a test.
  const keys = Array.from(
    { length: PRE_KEYS },
    (_, index) => [String(index + 1), Curve.generateKeyPair()] as const,
  );
  await auth.state.keys.set({ 'pre-key': Object.fromEntries(keys) });
  for (const [id, pair] of keys) device.addPreKey({ id: Number(id), key: pair.public });
  auth.state.creds.nextPreKeyId = auth.state.creds.firstUnuploadedPreKeyId = PRE_KEYS + 1;
  auth.save();
  await auth.quiet();
  await store.release(lease);
}
