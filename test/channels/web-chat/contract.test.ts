import type { OutboundMessage } from '../../../src/conversation/channel.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { addressOf } from '../../../src/channels/web-chat/verify.js';
import type { WirePage } from '../../../src/channels/web-chat/wire.js';
import {
  createFakeInbox,
  describeChannelContract,
  type ChannelHarness,
  type UserAction,
} from '../../contracts/channel-contract.js';
import { newVisitor, startChatServer, type Visitor } from './chat-server.js';

describeChannelContract('web-chat', createHarness);

async function createHarness(): Promise<ChannelHarness> {
  const clock = new VirtualClock(new Date('2026-03-02T01:00:00Z'));
  const inbox = createFakeInbox();
  const server = await startChatServer({ clock }, inbox);
  const visitor = await newVisitor(server.url);
  const address = addressOf(visitor.secret);
  let count = 0;
  let last: (() => Promise<Response>) | undefined;

  const run = async (): Promise<'acknowledged' | 'not-acknowledged'> => {
    const attempts = inbox.attempts;
    const response = await last!();
    // A refused file is answered with its sentence, once it is recorded.
    const recorded = !response.ok && response.status < 500 && inbox.attempts > attempts;
    return response.ok || recorded ? 'acknowledged' : 'not-acknowledged';
  };

  return {
    channel: server.chat,
    inbox,
    async deliverInbound(action, at) {
      if (action.kind === 'unsupported') return 'impossible';
      clock.moveTo(at);
      count += 1;
      const id = `message-${count}`;
      last = () => act(visitor, id, action);
      return run();
    },
    redeliver: run,
    address: () => address,
    sendOutbound(message: OutboundMessage) {
      server.office.say(address, message.content, { id: message.id, author: message.author });
      return server.chat.send(message);
    },
    async sentMessages() {
      const page = (await (await visitor.get('messages?limit=100')).json()) as WirePage;
      return page.items.flatMap(({ direction, content }) =>
        direction === 'out' && content.kind === 'text'
          ? [{ text: content.text, buttons: (content.choices ?? []).map(({ title }) => title) }]
          : [],
      );
    },
    breakTransport: () => server.chat.stop(),
    secrets: () => [visitor.secret],
    close: () => server.close(),
  };
}

function act(visitor: Visitor, id: string, action: UserAction): Promise<Response> {
  switch (action.kind) {
    case 'text':
      return visitor.post('messages', { id, text: action.text });
    case 'choice':
      return visitor.post('messages', { id, choice: action.choice, text: action.text });
    case 'unsupported':
      throw new Error('the page sends nothing of the kind');
    default:
      return visitor.upload({ id }, action);
  }
}
