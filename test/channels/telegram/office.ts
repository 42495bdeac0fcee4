import Fastify from 'fastify';
import { vi } from 'vitest';
import { createTelegram, WEBHOOK_PATH, type Telegram } from '../../../src/channels/telegram/index.js';
import type { Channel } from '../../../src/conversation/channel.js';
import { createEngine, type Engine } from '../../../src/conversation/engine.js';
import { receiveMessage } from '../../../src/conversation/receive-message.js';
import { dialogSet } from '../../../src/dialogs/index.js';
import { JOBS } from '../../../src/scheduler/jobs/index.js';
import { runUntil } from '../../../src/scheduler/run-until.js';
import type { ServiceContext } from '../../../src/services/service-context.js';
import { createTelegramPorts } from '../../../src/telegram-ports.js';
import { createTestServices, type TestServices } from '../../support/services.js';
import {
  startTelegramServer,
  type SentMessage,
  type TelegramServer,
} from '../../support/telegram-server/index.js';
import { Person, SARI_ID } from '../../support/telegram-server/person.js';
import { SECRET, Waits } from './bot.js';

/** The office with its real dialogs, services and jobs, reached over Telegram. */
export interface TelegramOffice {
  services: ServiceContext;
  clock: TestServices['clock'];
  engine: Engine;
  server: TelegramServer;
  telegram: Telegram;
  mails: { to: string; text: string }[];
  /** Sari at her phone: each act with its whole turn, and what she was shown for it. */
  does(update: (person: Person) => object): Promise<SentMessage[]>;
  says(...texts: string[]): Promise<SentMessage[]>;
  presses(title: string): Promise<SentMessage[]>;
  /** What was shown since she last did something. */
  shown(): SentMessage[];
  time(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Seconds between two messages of a person who reads what they get. */
const READING = 10;

export async function startTelegramOffice(mode: 'webhook' | 'polling'): Promise<TelegramOffice> {
  const test = await createTestServices();
  const server = await startTelegramServer();
  const { services, clock } = test;
  const app = Fastify({ forceCloseConnections: true });
  const waits = new Waits();
  const mails: TelegramOffice['mails'] = [];
  let url = '';
  const config = {
    ...{ token: server.token, apiRoot: server.apiRoot },
    webhookSecret: mode === 'webhook' ? SECRET : undefined,
  };
  const ports = createTelegramPorts(services, config, clock, () => engine);
  const telegram = createTelegram({
    ...ports,
    wait: waits.wait,
    ...(ports.webhook && {
      webhook: {
        secret: SECRET,
        get url() {
          return url;
        },
      },
    }),
  });
  const channels = new Map<Channel['name'], Channel>([['telegram', telegram]]);
  const engine: Engine = createEngine({ services, clock, channels, dialogs: dialogSet, owner: 'process-1' });
  if (telegram.routes) await app.register(telegram.routes);
  url = `${await app.listen({ port: 0, host: '127.0.0.1' })}${WEBHOOK_PATH}`;
  await telegram.start({ receive: (message) => receiveMessage(engine, message) });
  await vi.waitFor(() => {
    if (telegram.health().state !== 'up') throw new Error('not connected yet');
  });

  const person = new Person(server, () => clock.now());
  const mailTransport = {
    mode: 'folder' as const,
    send: ({ to, text }: { to: string; text: string }) => {
      mails.push({ to, text });
      return Promise.resolve();
    },
  };
  const time = async (seconds: number): Promise<void> => {
    await runUntil(JOBS, { engine, mailTransport }, clock, new Date(clock.now().getTime() + seconds * 1000));
    await engine.queue.idle();
  };
  let seen = 0;
  const office: TelegramOffice = {
    ...{ services, clock, engine, server, telegram, mails, time },
    async does(act) {
      await time(READING);
      seen = person.seen().length;
      const update = act(person) as { update_id: number };
      const status = await server.push(update);
      if (status === undefined) await server.until(() => server.isConfirmed(update.update_id));
      else if (status !== 200) throw new Error(`the webhook answered ${status}`);
      await time(0);
      return office.shown();
    },
    async says(...texts) {
      for (const text of texts) await office.does((one) => one.text(text));
      return office.shown();
    },
    presses: (title) => office.does((one) => one.press(title)),
    shown: () => server.sentTo(SARI_ID).slice(seen),
    async close() {
      await telegram.stop();
      await engine.queue.idle();
      await app.close();
      await server.close();
      await test.close();
    },
  };
  return office;
}
