import type { ChannelName } from '../../shared/channel-name.js';
import { OFFICE_CLOSED } from '../messages/office-closed.js';
import type { ServiceContext } from '../service-context.js';

/** What the message log says of one channel. */
export interface Traffic {
  /** Null when nothing of the channel is among the latest messages. */
  lastInboundAt: Date | null;
  lastConfirmedOutboundAt: Date | null;
  /** Messages that wait to be handed to the platform; counted up to 1,000 over all channels. */
  queued: number;
  /** When the oldest of them was written, but for those that wait for the office to open. */
  waitingSince: Date | null;
}

/** Old silence is not looked for: the message log has no index by channel and time. */
const LATEST_MESSAGES = 500;
const MOST_COUNTED = 1_000;

/** What passed through each channel lately, and what waits; channels without any of it are left out. */
export async function readTraffic({ models }: ServiceContext): Promise<Map<ChannelName, Traffic>> {
  const [latest, queued] = await Promise.all([
    models.messages
      .find({}, { channel: 1, direction: 1, receivedAt: 1, delivery: 1 })
      .sort({ _id: -1 })
      .limit(LATEST_MESSAGES)
      .lean(),
    models.messages
      .find({ 'delivery.state': 'queued' }, { channel: 1, receivedAt: 1, delivery: 1 })
      .limit(MOST_COUNTED)
      .lean(),
  ]);
  const traffic = new Map<ChannelName, Traffic>();
  const of = (name: ChannelName): Traffic => {
    const known = traffic.get(name) ?? {
      ...{ lastInboundAt: null, lastConfirmedOutboundAt: null, queued: 0, waitingSince: null },
    };
    traffic.set(name, known);
    return known;
  };
  for (const { channel, direction, receivedAt, delivery } of latest) {
    if (direction === 'in') of(channel).lastInboundAt ??= receivedAt;
    else if (direction === 'out' && delivery && !['queued', 'failed'].includes(delivery.state))
      of(channel).lastConfirmedOutboundAt ??= delivery.at;
  }
  for (const { channel, receivedAt, delivery } of queued) {
    const known = of(channel);
    known.queued += 1;
    if (delivery?.reason === OFFICE_CLOSED) continue;
    if (!known.waitingSince || receivedAt < known.waitingSince) known.waitingSince = receivedAt;
  }
  return traffic;
}
