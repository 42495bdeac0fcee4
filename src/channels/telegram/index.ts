import type { FastifyPluginAsync } from 'fastify';
import { ChannelError, type Channel, type Inbox } from '../../conversation/channel.js';
import { createBotApi } from './bot-api.js';
import { telegramCapabilities } from './capabilities.js';
import { keepConnected } from './connection.js';
import { createPulse } from '../pulse.js';
import { createReceiver } from './receive-update.js';
import { createSend } from './send.js';
import type { TelegramPorts } from './types.js';
import type { Update } from './update.js';
import { createWebhookRoutes } from './webhook-routes.js';

export type { TelegramPorts } from './types.js';
export { WEBHOOK_PATH } from './webhook-routes.js';

export type Telegram = Channel & {
  /** The webhook, when there is one. */
  readonly routes?: FastifyPluginAsync;
};

/** A Telegram bot, by webhook or by long polling. Starting never waits for Telegram, and never fails for its sake. */
export function createTelegram(ports: TelegramPorts): Telegram {
  const account = accountOf(ports.token);
  const api = createBotApi(ports);
  const pulse = createPulse(ports.clock);
  const receiver = createReceiver({ account, api, ports, pulse });
  const send = createSend({ api, ports, pulse });
  let inbox: Inbox | undefined;
  let stopping = new AbortController();
  let connected: Promise<void> = Promise.resolve();

  /** @throws Error when it could not be stored, or the channel is not running */
  const take = async (update: Update): Promise<void> => {
    if (!inbox) throw new Error('telegram is not running');
    await receiver.take(update, inbox);
  };

  return {
    name: 'telegram',
    account,
    capabilities: telegramCapabilities,
    start(given) {
      inbox = given;
      stopping = new AbortController();
      connected = keepConnected({ api, ports, pulse, take }, stopping.signal);
      return Promise.resolve();
    },
    send: (message) => (inbox ? send(message) : Promise.reject(new ChannelError('not-started', false))),
    health: () => pulse.health(),
    status: () => pulse.status(),
    async stop() {
      inbox = undefined;
      stopping.abort();
      await connected;
      await receiver.idle();
      pulse.connection({ state: 'down', reason: 'stopped' });
    },
    ...(ports.webhook
      ? { routes: createWebhookRoutes({ secret: ports.webhook.secret, log: ports.log, take }) }
      : {}),
  };
}

/** The bot's own id, which stands before the secret part of its token. */
function accountOf(token: string): string {
  return token.slice(0, token.indexOf(':'));
}
