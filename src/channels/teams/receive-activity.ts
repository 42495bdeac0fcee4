import type { Inbox } from '../../conversation/channel.js';
import { createConversationQueue } from '../../conversation/conversation-queue.js';
import type { Pulse } from '../pulse.js';
import type { AccessToken } from './access-token.js';
import type { Activity } from './activity.js';
import { isFileAddress } from './allowed-url.js';
import type { BotConnector, Target } from './connector.js';
import type { Courtesies } from './courtesies.js';
import { FILES_DEADLINE, fetchFile } from './fetch-file.js';
import { answerConsent } from './file-consent.js';
import { createKeepPlace, tenantOf } from './keep-place.js';
import { messageAnswer, type InvokeAnswer } from './invoke-answer.js';
import { createOnce } from './once.js';
import { parseActivity, type Arrival } from './parse.js';
import type { People } from './people.js';
import { createTakeChange } from './take-change.js';
import { createTakeChoice } from './take-choice.js';
import type { TakeCardAction } from './take-card-action.js';
import type { TakeThreadReply } from './take-thread-reply.js';
import type { Place, TeamsPorts } from './types.js';

export interface ActivityReceiver {
  /**
   * Takes an activity in, after those of the same conversation that came before. Once this resolves it may be acknowledged.
   * @throws Error when it could not be stored
   */
  take(activity: Activity, inbox: Inbox): Promise<InvokeAnswer | undefined>;
  /** Resolves when nothing is under way, courtesies included. */
  idle(): Promise<void>;
}

interface ReceiverParts {
  connector: BotConnector;
  token: AccessToken;
  courtesies: Courtesies;
  people: People;
  takeCardAction: TakeCardAction;
  takeThreadReply: TakeThreadReply;
  wordsOf: (activityId: string) => string | undefined;
  ports: TeamsPorts;
  pulse: Pulse;
}

export function createReceiver(parts: ReceiverParts): ActivityReceiver {
  const { connector, token, courtesies, people, takeCardAction, takeThreadReply, wordsOf, ports, pulse } =
    parts;
  const queue = createConversationQueue();
  const keepPlace = createKeepPlace(ports);
  const once = createOnce();
  const takeChange = createTakeChange({ courtesies, ports, once });
  const takeChoice = createTakeChoice({ courtesies, people, ports, pulse, wordsOf, once });
  const reader = {
    account: ports.account.appId,
    clock: ports.clock,
    isFileAddress: (url: string) => isFileAddress(url, ports.endpoints.serviceUrls),
  };

  return {
    take: (activity, inbox) => queue.run(activity.conversation.id, () => handle(activity, inbox)),
    async idle() {
      await queue.idle();
      await courtesies.idle();
    },
  };

  async function handle(activity: Activity, inbox: Inbox): Promise<InvokeAnswer | undefined> {
    // A bot of one tenant: people of others cannot be let in by their own administrators.
    if (tenantOf(activity) !== ports.account.tenantId) return undefined;
    const arrival = parseActivity(activity, reader);
    const target = { serviceUrl: activity.serviceUrl, conversationId: activity.conversation.id };
    if (arrival.kind === 'group') {
      once.run(target.conversationId, () => courtesies.say(target, 'onlyPrivate', activity.locale));
      return undefined;
    }
    if (arrival.kind === 'nothing') return undefined;
    const { place, isBack } = (await pulse.storing(() => keepPlace(activity, arrival))) ?? {};
    if (arrival.kind === 'installed' || arrival.kind === 'removed' || arrival.kind === 'channel') {
      await pulse.storing(() => takeChange(arrival, { activity, place, target }));
      return undefined;
    }
    if (arrival.kind === 'unknown-action') return courtesies.answer('cardUnknown', activity, target);
    if (!place) return undefined;
    const where = { activity, place, target };
    if (arrival.kind === 'card-action') return pulse.storing(() => takeCardAction(arrival, where));
    if (arrival.kind === 'thread') {
      await pulse.storing(() => takeThreadReply(arrival, where));
      return undefined;
    }
    // Who writes can be written to, whatever Teams said before.
    if (isBack) await pulse.storing(() => ports.noteReachable(place.id, true));
    switch (arrival.kind) {
      case 'message':
        await pulse.storing(() => takeMessage(arrival, place, target, inbox));
        return undefined;
      case 'choice':
        return takeChoice(arrival, { ...where, inbox });
      case 'consent':
        answerConsent(arrival, activity, target, { connector, courtesies, ports });
        return messageAnswer('OK');
    }
  }

  async function takeMessage(
    { parts: given }: Extract<Arrival, { kind: 'message' }>,
    place: Place,
    target: Target,
    inbox: Inbox,
  ): Promise<void> {
    const known = await people.known(place, target);
    const signal = ports.deadline(FILES_DEADLINE);
    for (const { head, content } of given) {
      const taken =
        content.kind === 'announced-file'
          ? await fetchFile(content, head.address, { token, ports, signal })
          : content;
      await inbox.receive({ ...head, ...(known ? { known } : {}), content: taken });
    }
  }
}
