import { describeChannelContract, type UserAction } from '../../contracts/channel-contract.js';
import { PASSWORD, type Json } from '../../support/teams-server/index.js';
import { buttonsOf, SARI, wordsOf, type Person } from '../../support/teams-server/person.js';
import { startBot } from './bot.js';

describeChannelContract('teams', async () => {
  const bot = await startBot();
  const { server, teams, inbox, clock, person } = bot;
  let last: Json | undefined;
  const deliver = async (): Promise<'acknowledged' | 'not-acknowledged'> =>
    (await bot.post(last)).status === 200 ? 'acknowledged' : 'not-acknowledged';
  return {
    channel: teams,
    inbox,
    deliverInbound(action, at) {
      clock.moveTo(at);
      last = activityOf(person, action);
      return deliver();
    },
    redeliver: () => (last ? deliver() : Promise.resolve('impossible')),
    address: () => SARI.chat,
    sendOutbound: (message) => teams.send(message),
    sentMessages: () =>
      Promise.resolve(
        server.of(SARI.chat).map((one) => ({
          text: wordsOf(one),
          buttons: buttonsOf(one).map(({ title }) => title),
        })),
      ),
    breakTransport() {
      server.down = true;
      return Promise.resolve();
    },
    secrets: () => [PASSWORD, 'akses-1', 'rahasia-tautan'],
    close: () => bot.close(),
  };
});

function activityOf(person: Person, action: UserAction): Json {
  switch (action.kind) {
    case 'text':
      return person.text(action.text);
    case 'choice':
      return person.submit({ v: 1, kind: 'choice', choice: action.choice, title: action.text }, '900');
    case 'unsupported':
      return person.personal({
        type: 'message',
        attachments: [{ contentType: 'application/vnd.microsoft.card.codesnippet', content: {} }],
      });
    default:
      return person.file(action.name, action.bytes);
  }
}
