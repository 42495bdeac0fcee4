import Fastify from 'fastify';
import { vi } from 'vitest';
import { createTelegram, WEBHOOK_PATH, type Telegram } from '../../../src/channels/telegram/index.js';
import type { TelegramPorts } from '../../../src/channels/telegram/types.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { DomainError } from '../../../src/shared/errors.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { silentLogger } from '../../../src/shared/logger.js';
import { createFakeInbox, type FakeInbox } from '../../contracts/channel-contract.js';
import { startTelegramServer, type TelegramServer } from '../../support/telegram-server/index.js';
import { Person } from '../../support/telegram-server/person.js';
import { createFakeOffice } from '../web-chat/fake-office.js';

export const SECRET = 'rahasia-webhook-contoh-0001';

/** The channel's waits, ended by the test. */
export class Waits {
  readonly asked: number[] = [];
  #open: { milliseconds: number; end: () => void }[] = [];

  readonly wait: TelegramPorts['wait'] = (milliseconds, signal) => {
    this.asked.push(milliseconds);
    return new Promise<void>((resolve) => {
      const end = (): void => resolve();
      this.#open.push({ milliseconds, end });
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
    });
  };

  get open(): number[] {
    return this.#open.map(({ milliseconds }) => milliseconds);
  }

  /** Ends every wait that is open. */
  end(): void {
    for (const { end } of this.#open.splice(0)) end();
  }
}

/** A bot of ours, connected to the stand-in, with an inbox that remembers. */
export interface TestBot {
  server: TelegramServer;
  /** Where the webhook is. */
  url: string;
  telegram: Telegram;
  inbox: FakeInbox;
  clock: VirtualClock;
  waits: Waits;
  /** Deadlines, ended by the test. */
  deadlines: { milliseconds: number; end: () => void }[];
  reachable: Map<string, boolean>;
  person: Person;
  /** Resolves once `check` holds. */
  until: (check: () => boolean) => Promise<void>;
  close(): Promise<void>;
}

interface BotOptions {
  mode?: 'webhook' | 'polling';
  ports?: Partial<TelegramPorts>;
  /** Prepares the stand-in before the bot connects. */
  before?: (server: TelegramServer) => void;
  /** False: does not wait until the bot is connected. */
  connected?: boolean;
}

export async function startBot(options: BotOptions = {}): Promise<TestBot> {
  const { mode = 'webhook', ports = {}, before, connected = true } = options;
  const server = await startTelegramServer();
  before?.(server);
  const clock = new VirtualClock(new Date('2026-03-02T01:00:00Z'));
  const inbox = createFakeInbox();
  const waits = new Waits();
  const deadlines: TestBot['deadlines'] = [];
  const reachable = new Map<string, boolean>();
  const app = Fastify({ forceCloseConnections: true });
  let origin = '';
  const telegram = createTelegram({
    ...{ clock, texts: loadTexts(), log: silentLogger, token: server.token, apiRoot: server.apiRoot },
    ...(mode === 'webhook'
      ? {
          webhook: {
            secret: SECRET,
            get url() {
              return `${origin}${WEBHOOK_PATH}`;
            },
          },
        }
      : {}),
    ...{ maxFileBytes: 1_000_000, wait: waits.wait },
    deadline(milliseconds) {
      const controller = new AbortController();
      deadlines.push({ milliseconds, end: () => controller.abort() });
      return controller.signal;
    },
    ...fileStore(),
    isOffered: () => Promise.resolve(true),
    ticketOfLink: (payload) => (payload === 'DJPK-2026-000123_signed' ? 'DJPK-2026-000123' : undefined),
    noteReachable(address, state) {
      reachable.set(address, state);
      return Promise.resolve();
    },
    noteUsername: () => Promise.resolve(),
    ...ports,
  });
  if (telegram.routes) await app.register(telegram.routes);
  origin = await app.listen({ port: 0, host: '127.0.0.1' });
  await telegram.start(inbox);
  const until = (check: () => boolean): Promise<void> =>
    vi.waitFor(
      () => {
        if (!check()) throw new Error(`not so: ${check.toString()}`);
      },
      { timeout: 10_000, interval: 2 },
    );
  if (connected) await until(() => telegram.health().state === 'up');
  return {
    ...{ server, telegram, inbox, clock, waits, deadlines, reachable, until },
    url: `${origin}${WEBHOOK_PATH}`,
    person: new Person(server, () => clock.now()),
    async close() {
      await telegram.stop();
      await app.close();
      await server.close();
    },
  };
}

function fileStore(): Pick<TelegramPorts, 'storeFile' | 'openFile'> {
  const office = createFakeOffice();
  return {
    async storeFile({ stream, name, address, now }) {
      const conversationKey = { channel: 'web-chat' as const, account: 'web', address };
      const file = await office.ports.storeFile({ stream, name, conversationKey, now });
      if (file.size > 1_000_000) throw new DomainError('file-too-large');
      return file;
    },
    async openFile(fileId) {
      const opened = await office.ports.openFile('office', fileId);
      if (!opened) throw new DomainError('not-found');
      return opened.stream;
    },
  };
}
