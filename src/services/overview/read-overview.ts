import type { ChannelName } from '../../shared/channel-name.js';
import type { ServiceContext } from '../service-context.js';

export interface ChannelOverview {
  name: ChannelName;
  state: 'up' | 'down' | 'starting';
  /** Why it is down, for people. */
  reason?: string;
  /** Null when nothing of the channel is among the latest messages. */
  lastInboundAt: Date | null;
  lastOutboundAt: Date | null;
  /** Messages that wait to be handed to the platform. */
  queued: number;
}

/** What an administrator looks at to see whether the service works. */
export interface Overview {
  channels: ChannelOverview[];
  mail: { mode: 'smtp' | 'folder'; queued: number; failed: number };
  /** Messages of users that no turn has taken in yet. */
  pendingMessages: number;
  store: 'embedded' | 'mongodb';
  version: string;
}

/** A channel as the overview needs it. */
interface WatchedChannel {
  readonly name: ChannelName;
  health(): { state: ChannelOverview['state']; reason?: string };
}

/** Old silence is not looked for: the message log has no index by channel and time. */
const LATEST_MESSAGES = 500;
const MOST_COUNTED = 1_000;

export async function readOverview(
  { models, config }: ServiceContext,
  { channels, version }: { channels: Iterable<WatchedChannel>; version: string },
): Promise<Overview> {
  const [latest, queued, pendingMessages, queuedMails, failedMails] = await Promise.all([
    models.messages
      .find({}, { channel: 1, direction: 1, receivedAt: 1, delivery: 1 })
      .sort({ _id: -1 })
      .limit(LATEST_MESSAGES)
      .lean(),
    models.messages.find({ 'delivery.state': 'queued' }, { channel: 1 }).limit(MOST_COUNTED).lean(),
    models.messages.countDocuments({ pending: true }),
    models.mails.countDocuments({ state: 'queued' }),
    models.mails.countDocuments({ state: 'failed' }),
  ]);
  const lastAt = (name: ChannelName, direction: 'in' | 'out'): Date | null => {
    const found = latest.find(
      (message) =>
        message.channel === name &&
        message.direction === direction &&
        (direction === 'in' || !['queued', 'failed'].includes(message.delivery?.state ?? 'queued')),
    );
    return found ? (found.delivery?.at ?? found.receivedAt) : null;
  };
  return {
    channels: [...channels].map((channel) => ({
      name: channel.name,
      ...channel.health(),
      lastInboundAt: lastAt(channel.name, 'in'),
      lastOutboundAt: lastAt(channel.name, 'out'),
      queued: queued.filter((message) => message.channel === channel.name).length,
    })),
    mail: {
      mode: config.smtpUrl === undefined ? 'folder' : 'smtp',
      queued: queuedMails,
      failed: failedMails,
    },
    pendingMessages,
    store: config.mongodbUri === undefined ? 'embedded' : 'mongodb',
    version,
  };
}
