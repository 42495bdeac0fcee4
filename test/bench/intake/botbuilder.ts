import { ConversationState, MemoryStorage, TestAdapter, type Storage } from 'botbuilder';
import { DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs';
import { closing, STEPS, type Answers } from './steps.js';
import type { Stack } from './stack.js';

/** Bot Framework's waterfall of text prompts on its own test adapter. */
export function createBotbuilder(storage: Storage = new MemoryStorage()): Stack {
  const state = new ConversationState(storage);
  const dialogs = new DialogSet(state.createProperty('dialog'));
  for (const { field, accepts } of STEPS) {
    dialogs.add(
      accepts
        ? new TextPrompt(field, ({ recognized }) => Promise.resolve(accepts.test(recognized.value ?? '')))
        : new TextPrompt(field),
    );
  }
  dialogs.add(new WaterfallDialog<Answers>('intake', waterfall()));
  const adapter = new TestAdapter(async (context) => {
    const dialog = await dialogs.createContext(context);
    const { status } = await dialog.continueDialog();
    if (status === DialogTurnStatus.empty) await dialog.beginDialog('intake');
    await state.saveChanges(context);
  });
  let activities = 0;
  return {
    async turn(conversation, _messageId, text) {
      const id = `c${conversation}`;
      await adapter.processActivity(
        {
          type: 'message',
          text,
          id: String((activities += 1)),
          channelId: 'test',
          conversation: { id, name: id, isGroup: false, conversationType: '' },
          from: { id, name: 'Sari' },
        },
        undefined as never,
      );
      const replies = adapter.activeQueue.splice(0).map((reply) => reply.text ?? '');
      return replies.join('\n');
    },
  };
}

function waterfall(): ConstructorParameters<typeof WaterfallDialog<Answers>>[1] {
  const asking = STEPS.map((step, index) => async (context: Parameters<Ask>[0]) => {
    const before = STEPS[index - 1];
    if (before) (context.values as Answers)[before.field] = String(context.result);
    return context.prompt(step.field, {
      prompt: step.ask,
      ...(step.retry ? { retryPrompt: step.retry } : {}),
    });
  });
  const ending = async (context: Parameters<Ask>[0]) => {
    const answers = context.values as Answers;
    answers.question = String(context.result);
    await context.context.sendActivity(closing(answers));
    return context.endDialog();
  };
  return [...asking, ending];
}

type Ask = Extract<
  NonNullable<ConstructorParameters<typeof WaterfallDialog<Answers>>[1]>[number],
  (...input: never[]) => unknown
>;
