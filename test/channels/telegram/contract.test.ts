import type { OutboundMessage } from '../../../src/conversation/channel.js';
import {
  describeChannelContract,
  type ChannelHarness,
  type UserAction,
} from '../../contracts/channel-contract.js';
import { SARI_ID, type Person } from '../../support/telegram-server/person.js';
import { SECRET, startBot, type TestBot } from './bot.js';

type Update = ReturnType<Person['text']>;

describeChannelContract('telegram by webhook', () =>
  createHarness('webhook', async (bot, update) =>
    (await bot.server.push(update)) === 200 ? 'acknowledged' : 'not-acknowledged',
  ),
);

describeChannelContract('telegram by polling', () =>
  createHarness('polling', async ({ server, waits, until }, update, again) => {
    const waited = waits.open.length > 0;
    if (again && !waited) server.pushAgain(update);
    else if (!again) await server.push(update);
    // A bot that could not store asks again after a while.
    waits.end();
    await until(() => server.isConfirmed(update.update_id) || waits.open.length > 0);
    return server.isConfirmed(update.update_id) ? 'acknowledged' : 'not-acknowledged';
  }),
);

type Deliver = (bot: TestBot, update: Update, again: boolean) => Promise<'acknowledged' | 'not-acknowledged'>;

async function createHarness(mode: 'webhook' | 'polling', deliver: Deliver): Promise<ChannelHarness> {
  const bot = await startBot({ mode });
  const { server, telegram, inbox, clock, person } = bot;
  let last: Update | undefined;
  return {
    channel: telegram,
    inbox,
    deliverInbound(action, at) {
      clock.moveTo(at);
      last = updateOf(person, action);
      return deliver(bot, last, false);
    },
    redeliver: () => (last ? deliver(bot, last, true) : Promise.resolve('impossible')),
    address: () => String(SARI_ID),
    sendOutbound: (message: OutboundMessage) => telegram.send(message),
    sentMessages: () =>
      Promise.resolve(
        person
          .seen()
          .map(({ text, keyboard }) => ({ text, buttons: keyboard.flat().map((button) => button.text) })),
      ),
    breakTransport() {
      server.down = true;
      return Promise.resolve();
    },
    secrets: () => [server.token, server.token.split(':')[1]!, SECRET],
    close: () => bot.close(),
  };
}

function updateOf(person: Person, action: UserAction): Update {
  switch (action.kind) {
    case 'text':
      return person.text(action.text);
    case 'choice': {
      const keyboard = [[{ text: action.text, callback_data: action.choice }]];
      return person.pressOf(action.choice, { id: 900, keyboard });
    }
    case 'unsupported':
      return person.message({ sticker: { file_id: 'sticker-1', width: 512, height: 512, type: 'regular' } });
    default:
      return person.document(action.name, action.bytes);
  }
}
