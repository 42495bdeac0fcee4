import { setTimeout } from 'node:timers/promises';
import { WEBHOOK_PATH, type TelegramPorts } from './channels/index.js';
import type { Engine } from './conversation/engine.js';
import type { Conversation } from './models/conversation.js';
import { noteReachable } from './services/contacts/note-reachable.js';
import { openFile } from './services/files/open-file.js';
import { storeFile } from './services/files/store-file.js';
import type { ServiceContext } from './services/service-context.js';
import { TELEGRAM_USERNAME } from './services/settings/setting-names.js';
import { ticketOfStart } from './services/tickets/ticket-start-link.js';
import type { Clock } from './shared/clock.js';
import type { TelegramConfig } from './shared/config.js';

/** What Telegram may see and do, in terms of a user's address. */
export function createTelegramPorts(
  services: ServiceContext,
  { token, webhookSecret, apiRoot }: TelegramConfig,
  clock: Clock,
  engine: () => Engine,
): TelegramPorts {
  const { models, config, texts, log, publicUrl } = services;
  const channel = 'telegram';
  const account = token.slice(0, token.indexOf(':'));
  const conversationOf = async (address: string): Promise<Pick<Conversation, '_id' | 'offered'> | null> =>
    models.conversations.findOne({ channel, account, address }, { offered: 1 }).lean();
  return {
    ...{ clock, texts, log, token, apiRoot },
    ...(webhookSecret === undefined
      ? {}
      : { webhook: { url: `${publicUrl}${WEBHOOK_PATH}`, secret: webhookSecret } }),
    maxFileBytes: config.maxFileBytes,
    wait: async (milliseconds, signal) => {
      // Aborted or over: both end the wait.
      await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
    },
    deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
    storeFile: async ({ stream, name, address, now }) => {
      const conversationId = (await conversationOf(address))?._id ?? null;
      return storeFile(services, { content: stream, name, conversationId, now });
    },
    openFile: async (fileId) => (await openFile(services, fileId)).read(),
    isOffered: async (address, choice) => {
      if (engine().dialogs.standingChoices?.has(choice)) return true;
      const offered = (await conversationOf(address))?.offered;
      return offered?.choices.some(({ id }) => id === choice) ?? false;
    },
    ticketOfLink: (payload) => ticketOfStart(services, payload),
    noteReachable: (address, reachable) =>
      noteReachable(services, { channel, account, address, reachable, now: clock.now() }),
    noteUsername: async (username) => {
      const named = { value: username, updatedAt: clock.now() };
      await models.settings.updateOne({ _id: TELEGRAM_USERNAME }, { $set: named }, { upsert: true });
    },
  };
}
