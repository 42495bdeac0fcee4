import { Scenes, session, Telegraf, Telegram, type SessionStore } from 'telegraf';
import { closing, STEPS, type Answers } from './steps.js';
import type { Stack } from './stack.js';

type Context = Scenes.WizardContext;
type Session = Scenes.WizardSession;

const BOT = {
  id: 1,
  is_bot: true as const,
  first_name: 'bench',
  username: 'bench_bot',
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
};

/** Telegraf's WizardScene; the Telegram API is stubbed where Telegraf calls it. */
export function createTelegraf(store?: SessionStore<Session>): Stack {
  const bot = new Telegraf<Context>('1:bench');
  bot.botInfo = BOT;
  const replies = new Map<number, string>();
  // Telegraf makes a client for each update, so the stub sits on the class.
  Telegram.prototype.callApi = ((_method: string, payload: { chat_id: number; text: string }) => {
    replies.set(payload.chat_id, payload.text);
    return Promise.resolve({});
  }) as typeof Telegram.prototype.callApi;
  bot.use(session<Session, Context>(store ? { store } : {}));
  bot.use(new Scenes.Stage<Context>([wizard()]).middleware());
  bot.on('message', (context) => context.scene.enter('intake'));
  let updates = 0;
  return {
    async turn(conversation, _messageId, text) {
      const [id, message] = [conversation + 1, (updates += 1)];
      await bot.handleUpdate({
        update_id: message,
        message: {
          message_id: message,
          date: 1_772_420_400,
          text,
          chat: { id, type: 'private', first_name: 'Sari' },
          from: { id, is_bot: false, first_name: 'Sari' },
        },
      });
      return replies.get(id);
    },
  };
}

function wizard(): Scenes.WizardScene<Context> {
  const [first] = STEPS;
  return new Scenes.WizardScene<Context>(
    'intake',
    async (context) => {
      await context.reply(first.ask);
      return context.wizard.next();
    },
    ...STEPS.map((_, index) => (context: Context) => takeAnswer(context, index)),
  );
}

async function takeAnswer(context: Context, index: number): Promise<unknown> {
  const [step, next] = [STEPS[index], STEPS[index + 1]];
  const text = context.message && 'text' in context.message ? context.message.text : '';
  if (!step) return undefined;
  if (step.accepts && !step.accepts.test(text)) return context.reply(step.retry ?? '');
  const answers = context.wizard.state as Answers;
  answers[step.field] = text;
  if (next) {
    await context.reply(next.ask);
    return context.wizard.next();
  }
  await context.reply(closing(answers));
  return context.scene.leave();
}
