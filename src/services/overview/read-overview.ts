import type { ServiceContext } from '../service-context.js';
import { describeChannels, type ChannelReport, type WatchedChannel } from './describe-channels.js';
import { readTraffic } from './read-traffic.js';

/** What an administrator looks at to see whether the service works. */
export interface Overview {
  channels: ChannelReport[];
  mail: { mode: 'smtp' | 'folder'; queued: number; failed: number };
  /** Messages of users that no turn has taken in yet. */
  pendingMessages: number;
  store: 'embedded' | 'mongodb';
  version: string;
}

export async function readOverview(
  context: ServiceContext,
  { channels, version, now }: { channels: Iterable<WatchedChannel>; version: string; now: Date },
): Promise<Overview> {
  const { models, config } = context;
  const [traffic, pendingMessages, queuedMails, failedMails] = await Promise.all([
    readTraffic(context),
    models.messages.countDocuments({ pending: true }),
    models.mails.countDocuments({ state: 'queued' }),
    models.mails.countDocuments({ state: 'failed' }),
  ]);
  return {
    channels: describeChannels(channels, { traffic, now }),
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
