import type {
  CardAction,
  CardAnswer,
  KnownChannel,
  PostedCard,
  ThreadReply,
  UnitBoard,
  UnitBoardListener,
  AdaptiveCard,
} from '../../conversation/unit-board.js';
import type { Pulse } from '../pulse.js';
import type { BotConnector, OutgoingActivity } from './connector.js';
import { toChannelError } from './failure.js';
import { formatText } from './format-text.js';
import { ADAPTIVE_CARD, textActivity } from './render.js';
import { targetOf } from './send.js';
import type { Place, TeamsPorts } from './types.js';

/** Milliseconds for one thing that the office wants shown. */
const DEADLINE = 20_000;

interface BoardParts {
  connector: BotConnector;
  ports: Pick<TeamsPorts, 'account' | 'clock' | 'deadline' | 'endpoints' | 'places'>;
  pulse: Pulse;
}

/** The units' side, with what the receiver hands to its listener. */
export interface TeamsBoard {
  board: UnitBoard;
  /** Undefined while nobody listens. */
  act(action: CardAction): Promise<CardAnswer> | undefined;
  /** False while nobody listens. */
  reply(reply: ThreadReply): Promise<boolean>;
}

export function createBoard({ connector, ports, pulse }: BoardParts): TeamsBoard {
  let listener: UnitBoardListener | undefined;
  const { account, clock, endpoints, places } = ports;

  /** Every failure is a ChannelError. */
  const run = async <T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    let result: T | undefined;
    try {
      await pulse.sending(async () => {
        result = await task(ports.deadline(DEADLINE));
      });
    } catch (error) {
      throw toChannelError(error);
    }
    return result as T;
  };

  const postTo = (place: Pick<Place, 'id' | 'serviceUrl'>, activity: OutgoingActivity): Promise<PostedCard> =>
    run(async (signal) => {
      const target = targetOf(place, endpoints.serviceUrls);
      const activityId = await connector.send(target, activity, signal);
      return { ...target, activityId };
    });

  const board: UnitBoard = {
    post: ({ channelId, serviceUrl, tenantId }, card, summary) =>
      run(async (signal) => {
        targetOf({ id: channelId, serviceUrl }, endpoints.serviceUrls);
        const activity = cardActivity(card, summary);
        const opened = await connector.open(
          serviceUrl,
          { kind: 'thread', channelId, tenantId, activity },
          signal,
        );
        return { ...opened, serviceUrl };
      }),
    update: ({ conversationId: id, serviceUrl, activityId }, card) =>
      run(async (signal) => {
        const target = targetOf({ id, serviceUrl }, endpoints.serviceUrls);
        await connector.update(target, activityId, cardActivity(card), signal);
      }),
    reply: async ({ conversationId: id, serviceUrl }, text) => {
      const posted = await postTo({ id, serviceUrl }, textActivity(formatText(text)));
      return posted.activityId;
    },
    sendToPerson: async (aadObjectId, card, summary) =>
      postTo(await chatWith(aadObjectId), cardActivity(card, summary)),
    tellPerson: async (aadObjectId, text) => {
      await postTo(await chatWith(aadObjectId), textActivity(formatText(text)));
    },
    channels: async () => (await places.channels()).map(toChannel),
    listen: (given) => (listener = given),
  };

  const chatWith = async (aadObjectId: string): Promise<Pick<Place, 'id' | 'serviceUrl'>> =>
    (await places.ofPerson(aadObjectId)) ?? (await openChat(aadObjectId));

  /** Works only where the app is installed for the person; else Microsoft refuses, and the office has to find another way. */
  async function openChat(aadObjectId: string): Promise<Pick<Place, 'id' | 'serviceUrl'>> {
    const [known] = await places.channels();
    const serviceUrl = known?.serviceUrl ?? new URL('teams/', endpoints.serviceUrls[0]).href;
    const { tenantId } = account;
    const opened = await run((signal) =>
      connector.open(serviceUrl, { kind: 'person', userId: aadObjectId, tenantId }, signal),
    );
    const place = { id: opened.conversationId, serviceUrl };
    await places.save({ ...place, kind: 'person', tenantId, aadObjectId }, clock.now());
    return place;
  }

  return {
    board,
    act: (action) => listener?.act(action),
    reply: (reply) => listener?.reply(reply) ?? Promise.resolve(false),
  };
}

export function cardActivity(card: AdaptiveCard, summary?: string): OutgoingActivity {
  return {
    type: 'message',
    ...(summary === undefined ? {} : { summary }),
    attachments: [{ contentType: ADAPTIVE_CARD, content: card }],
  };
}

function toChannel({ id, serviceUrl, tenantId, teamId, teamName, channelName }: Place): KnownChannel {
  return { channelId: id, serviceUrl, tenantId, teamId: teamId ?? id, teamName, channelName };
}
