import type { Inbox, InboundMessage } from '../../conversation/channel.js';
import { createConversationQueue } from '../../conversation/conversation-queue.js';
import type { Language } from '../../shared/i18n.js';
import type { BotApi } from './bot-api.js';
import { TelegramFailure } from './failure.js';
import { fetchFile } from './fetch-file.js';
import { chatOf, parseUpdate, type Arrival } from './parse.js';
import type { Pulse } from './pulse.js';
import type { TelegramPorts } from './types.js';
import type { Press, Update } from './update.js';

/** Groups that have been told; the oldest is forgotten first. */
const MOST_GROUPS = 1_000;

/** The data of a button that shows what was picked. No choice begins so. */
const PICKED = '~picked';

export interface UpdateReceiver {
  /**
   * Takes an update in, after those of the same chat that came before. Once this resolves it may be acknowledged.
   * @throws Error when it could not be stored
   */
  take(update: Update, inbox: Inbox): Promise<void>;
  /** Resolves when nothing is under way, courtesies included. */
  idle(): Promise<void>;
}

interface ReceiverParts {
  account: string;
  api: BotApi;
  ports: TelegramPorts;
  pulse: Pulse;
}

export function createReceiver({ account, api, ports, pulse }: ReceiverParts): UpdateReceiver {
  const queue = createConversationQueue();
  const reader = { account, clock: ports.clock, ticketOfLink: ports.ticketOfLink };
  const told = new Set<number>();
  const courtesies = new Set<Promise<unknown>>();

  return {
    take: (update, inbox) => queue.run(chatOf(update), () => handle(parseUpdate(update, reader), inbox)),
    async idle() {
      await queue.idle();
      await Promise.all(courtesies);
    },
  };

  async function handle(arrival: Arrival, inbox: Inbox): Promise<void> {
    switch (arrival.kind) {
      case 'message': {
        const { head, content } = arrival;
        await pulse.storing(async () => {
          const taken =
            content.kind === 'announced-file'
              ? await fetchFile(content, head.address, { api, ports })
              : content;
          await inbox.receive({ ...head, content: taken });
        });
        return;
      }
      case 'press':
        return takePress(arrival, inbox);
      case 'lost-press':
        afterwards(() => answer(arrival.press, 'buttonGone'));
        return;
      case 'group':
        afterwards(() => leaveGroup(arrival.chatId));
        return;
      case 'reachability':
        await pulse.storing(() => ports.noteReachable(arrival.address, arrival.reachable));
        return;
      case 'nothing':
        return;
    }
  }

  /** Only what is offered now counts: a button of an earlier question would answer the one that is open. */
  async function takePress(arrival: Extract<Arrival, { kind: 'press' }>, inbox: Inbox): Promise<void> {
    const { press, head, choice, title } = arrival;
    const counted = await pulse.storing(async () => {
      if (choice === PICKED || !(await ports.isOffered(head.address, choice))) return false;
      const message: InboundMessage = { ...head, content: { kind: 'choice', choice, text: title } };
      return !(await inbox.receive(message)).duplicate;
    });
    afterwards(() => answer(press, counted ? undefined : 'buttonGone'));
    if (counted) afterwards(() => showPicked(arrival));
  }

  async function answer({ id, from }: Press, text: 'buttonGone' | undefined): Promise<void> {
    await api.call('answerCallbackQuery', {
      callback_query_id: id,
      ...(text === undefined
        ? {}
        : { text: sentence(text, from.language_code?.startsWith('en') ? 'en' : 'id') }),
    });
  }

  /** The keyboard shrinks to what was picked: the chat reads as a conversation, and a second tap has nothing to hit. */
  async function showPicked({ head, messageId, title }: Extract<Arrival, { kind: 'press' }>): Promise<void> {
    await api.call('editMessageReplyMarkup', {
      chat_id: Number(head.address),
      message_id: messageId,
      reply_markup: { inline_keyboard: [[{ text: `✓ ${title}`, callback_data: PICKED }]] },
    });
  }

  /** One kind sentence, then the bot leaves; where it cannot leave it is silent. */
  async function leaveGroup(chatId: number): Promise<void> {
    if (told.has(chatId)) return;
    told.add(chatId);
    const [oldest] = told;
    if (told.size > MOST_GROUPS && oldest !== undefined) told.delete(oldest);
    const home = await tellGroup(chatId);
    await api.call('leaveChat', { chat_id: home });
    told.delete(chatId);
  }

  /** @returns the group's id, which changes when it has become a supergroup. */
  async function tellGroup(chatId: number): Promise<number> {
    const tell = (chat_id: number): Promise<unknown> =>
      api.call('sendMessage', { chat_id, text: sentence('onlyPrivate', 'id') });
    try {
      await tell(chatId);
    } catch (error) {
      const moved = error instanceof TelegramFailure ? error.migratedTo : undefined;
      if (moved === undefined) return chatId;
      told.add(moved);
      await tell(moved).catch(() => undefined);
      return moved;
    }
    return chatId;
  }

  function sentence(key: 'buttonGone' | 'onlyPrivate', language: Language): string {
    return ports.texts.for(language)(`chat:telegram.${key}`);
  }

  /** What no acknowledgement waits for, and whose failure costs nobody a message. */
  function afterwards(task: () => Promise<unknown>): void {
    const running = task()
      .catch((error: unknown) => {
        ports.log.debug({ err: error, channel: 'telegram' }, 'a courtesy failed');
      })
      .finally(() => courtesies.delete(running));
    courtesies.add(running);
  }
}
