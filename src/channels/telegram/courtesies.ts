import type { Language } from '../../shared/i18n.js';
import { forgetOldest } from '../forget-oldest.js';
import type { BotApi } from './bot-api.js';
import { TelegramFailure } from './failure.js';
import type { TelegramPorts } from './types.js';
import type { Press } from './update.js';

/** Groups that have been told; the oldest is forgotten first. */
const MOST_GROUPS = 1_000;

/** The data of a button that shows what was picked. No choice begins so. */
export const PICKED = '~picked';

/** What no acknowledgement waits for, and whose failure costs nobody a message. */
export interface Courtesies {
  /** Ends the waiting sign on a button, with a sentence when the press does not count. */
  answer: (press: Press, counted: boolean) => void;
  /** The keyboard shrinks to what was picked: the chat reads as a conversation, and a second tap has nothing to hit. */
  showPicked: (picked: { chatId: number; messageId: number; title: string }) => void;
  /** One kind sentence, then the bot leaves; where it cannot leave it is silent. */
  leaveGroup: (chatId: number) => void;
  /** The bot is out; invited again, it would explain itself again. */
  hasLeft: (chatId: number) => void;
  /** Resolves when none is under way. */
  idle: () => Promise<void>;
}

export function createCourtesies(
  api: BotApi,
  { texts, log }: Pick<TelegramPorts, 'texts' | 'log'>,
): Courtesies {
  const told = new Set<number>();
  const running = new Set<Promise<unknown>>();

  const run = (task: () => Promise<unknown>): void => {
    const one = task()
      .catch((error: unknown) => {
        log.debug({ err: error, channel: 'telegram' }, 'a courtesy failed');
      })
      .finally(() => running.delete(one));
    running.add(one);
  };

  return {
    answer: ({ id, from }, counted) => {
      const language: Language = from.language_code?.startsWith('en') ? 'en' : 'id';
      const text = counted ? {} : { text: texts.for(language)('chat:telegram.buttonGone') };
      run(() => api.call('answerCallbackQuery', { callback_query_id: id, ...text }));
    },
    showPicked: ({ chatId, messageId, title }) => {
      const reply_markup = { inline_keyboard: [[{ text: `✓ ${title}`, callback_data: PICKED }]] };
      run(() => api.call('editMessageReplyMarkup', { chat_id: chatId, message_id: messageId, reply_markup }));
    },
    leaveGroup: (chatId) => {
      if (told.has(chatId)) return;
      remember(chatId);
      run(async () => {
        await api.call('leaveChat', { chat_id: await tell(chatId) });
      });
    },
    hasLeft: (chatId) => told.delete(chatId),
    async idle() {
      await Promise.all(running);
    },
  };

  /** @returns the group's id, which changes when it has become a supergroup. */
  async function tell(chatId: number): Promise<number> {
    const say = (chat_id: number): Promise<unknown> =>
      api.call('sendMessage', { chat_id, text: texts.for('id')('chat:telegram.onlyPrivate') });
    try {
      await say(chatId);
      return chatId;
    } catch (error) {
      const moved = error instanceof TelegramFailure ? error.migratedTo : undefined;
      // Where the bot may not even write it can still leave.
      if (moved === undefined) return chatId;
      remember(moved);
      await say(moved).catch(() => undefined);
      return moved;
    }
  }

  function remember(chatId: number): void {
    told.add(chatId);
    forgetOldest(told, MOST_GROUPS);
  }
}
