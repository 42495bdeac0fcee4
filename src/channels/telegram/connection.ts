import type { BotApi } from './bot-api.js';
import { reasonOf, TelegramFailure } from './failure.js';
import type { Pulse } from '../pulse.js';
import type { TelegramPorts } from './types.js';
import { readUpdate, UPDATE_KINDS, type Update } from './update.js';
import { chatOf } from './parse.js';

/** Seconds that Telegram holds a question for updates, and milliseconds until we give up on its answer. */
const POLL_SECONDS = 30;
const POLL_DEADLINE = 45_000;
const POLL_LIMIT = 100;

/** Milliseconds between two looks at the webhook. */
const CHECK_PAUSE = 60_000;

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/** Requests that Telegram may have open to us at once; those of one chat wait for one another. */
const WEBHOOK_CONNECTIONS = 40;

interface ConnectionParts {
  api: BotApi;
  ports: TelegramPorts;
  pulse: Pulse;
  take: (update: Update) => Promise<void>;
}

/** Keeps the bot connected until the signal is aborted; whatever fails is tried again, later and later. Never throws. */
export async function keepConnected(parts: ConnectionParts, signal: AbortSignal): Promise<void> {
  const { ports, pulse } = parts;
  const goOn = ports.webhook ? watchWebhook : createPoller();
  const isOver = (): boolean => signal.aborted;
  let connected = false;
  let failures = 0;
  while (!isOver()) {
    try {
      if (!connected) await connect(parts, signal);
      const allTaken = await goOn(parts, signal, connected ? (failures > 0 ? 'shaken' : 'steady') : 'fresh');
      connected = true;
      failures = allTaken ? 0 : failures + 1;
      if (!allTaken) await ports.wait(pauseAfter(failures), signal);
    } catch (error) {
      if (isOver()) return;
      failures += 1;
      connected &&= error instanceof TelegramFailure && error.isPassing;
      pulse.connection({ state: 'down', reason: reasonOf(error) });
      ports.log.warn({ err: error, channel: 'telegram', attempt: failures }, 'telegram is not connected');
      await ports.wait(pauseAfter(failures, error), signal);
    }
  }
}

/**
 * One round of what keeps the bot connected; false when something that came could not be stored. It is held for long only while
 * the connection is steady: whether it works again is to show at once.
 */
type Round = (
  parts: ConnectionParts,
  signal: AbortSignal,
  connection: 'fresh' | 'shaken' | 'steady',
) => Promise<boolean>;

function pauseAfter(failures: number, error?: unknown): number {
  const asked = error instanceof TelegramFailure ? (error.retryAfter ?? 0) * 1000 : 0;
  return Math.max(asked, Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1)));
}

/** Introduces the bot and says how updates shall come: a bot has a webhook or a poller, never both. */
async function connect({ api, ports }: ConnectionParts, signal: AbortSignal): Promise<void> {
  const me = await api.call('getMe', {}, { signal });
  await ports.noteUsername(me.username);
  if (ports.webhook) {
    const { url, secret } = ports.webhook;
    const settings = { allowed_updates: UPDATE_KINDS, max_connections: WEBHOOK_CONNECTIONS };
    await api.call('setWebhook', { url, secret_token: secret, ...settings }, { signal });
  } else {
    // What waits at Telegram is kept and comes with the first poll.
    await api.call('deleteWebhook', { drop_pending_updates: false }, { signal });
  }
  for (const language of ['id', 'en'] as const) {
    const say = ports.texts.for(language);
    const commands = COMMANDS.map((command) => ({
      command,
      description: say(`chat:telegram.commands.${command}`),
    }));
    await api.call(
      'setMyCommands',
      { commands, ...(language === 'id' ? {} : { language_code: language }) },
      { signal },
    );
  }
}

/** Words that work anywhere, offered in Telegram's own menu. */
const COMMANDS = ['menu', 'petugas', 'bantuan', 'batal'] as const;

/** Telegram tells whether it still posts to us, and whether it gets through. */
const watchWebhook: Round = async ({ api, ports, pulse }, signal, connection) => {
  if (connection === 'fresh') {
    pulse.connection({ state: 'up' });
    return true;
  }
  if (connection === 'steady') await ports.wait(CHECK_PAUSE, signal);
  if (signal.aborted) return true;
  const info = await api.call('getWebhookInfo', {}, { signal });
  if (info.url !== ports.webhook?.url) throw new TelegramFailure(409, 'the webhook leads elsewhere');
  const failedAt = (info.last_error_date ?? 0) * 1000;
  const isRecent = failedAt > ports.clock.now().getTime() - 2 * CHECK_PAUSE;
  const isStuck = info.pending_update_count > 0 && isRecent;
  pulse.connection(
    isStuck ? { state: 'down', reason: 'Telegram cannot deliver to the webhook' } : { state: 'up' },
  );
  return true;
};

/** Asks once for updates and takes them. */
function createPoller(): Round {
  let offset = 0;
  return async ({ api, pulse, take }, signal, connection) => {
    const timeout = connection === 'steady' ? POLL_SECONDS : 0;
    const given = await api.call(
      'getUpdates',
      { offset, timeout, limit: POLL_LIMIT, allowed_updates: UPDATE_KINDS },
      { signal, deadline: POLL_DEADLINE },
    );
    pulse.connection({ state: 'up' });
    const updates = given
      .flatMap((one) => readUpdate(one) ?? [])
      .sort((one, other) => one.update_id - other.update_id);
    const left = await takeByChat(updates, take);
    // Asking from an offset on confirms all before it: only up to the first that was not stored.
    const last = updates.at(-1)?.update_id;
    if (last !== undefined) offset = Math.min(last + 1, ...left);
    return left.length === 0;
  };
}

/** Chats side by side; within a chat nothing overtakes what could not be stored. @returns ids of what was not taken. */
async function takeByChat(updates: readonly Update[], take: ConnectionParts['take']): Promise<number[]> {
  const chats = new Map<string, Update[]>();
  for (const update of updates) {
    const chat = chatOf(update);
    chats.set(chat, [...(chats.get(chat) ?? []), update]);
  }
  const left = await Promise.all(
    [...chats.values()].map(async (ofChat) => {
      for (const [index, update] of ofChat.entries()) {
        try {
          await take(update);
        } catch {
          // The pulse shows it; Telegram keeps it.
          return ofChat.slice(index).map(({ update_id }) => update_id);
        }
      }
      return [];
    }),
  );
  return left.flat();
}
