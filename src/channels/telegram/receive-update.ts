import type { Inbox, InboundMessage } from '../../conversation/channel.js';
import { createConversationQueue } from '../../conversation/conversation-queue.js';
import type { BotApi } from './bot-api.js';
import { createCourtesies, PICKED } from './courtesies.js';
import { fetchFile } from './fetch-file.js';
import { chatOf, parseUpdate, type Arrival } from './parse.js';
import type { Pulse } from '../pulse.js';
import type { TelegramPorts } from './types.js';
import type { Update } from './update.js';

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
  const courtesies = createCourtesies(api, ports);

  return {
    take: (update, inbox) => queue.run(chatOf(update), () => handle(parseUpdate(update, reader), inbox)),
    async idle() {
      await queue.idle();
      await courtesies.idle();
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
        courtesies.answer(arrival.press, false);
        return;
      case 'group':
        courtesies.leaveGroup(arrival.chatId);
        return;
      case 'left-group':
        courtesies.hasLeft(arrival.chatId);
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
    const { press, head, messageId, choice, title } = arrival;
    const counted = await pulse.storing(async () => {
      if (choice === PICKED || !(await ports.isOffered(head.address, choice))) return false;
      const message: InboundMessage = { ...head, content: { kind: 'choice', choice, text: title } };
      return !(await inbox.receive(message)).duplicate;
    });
    courtesies.answer(press, counted);
    if (counted) courtesies.showPicked({ chatId: Number(head.address), messageId, title });
  }
}
