import type { ChannelName } from '../../shared/channel-name.js';
import type { Traffic } from './read-traffic.js';

/** A channel as those who watch it need it. */
export interface WatchedChannel {
  readonly name: ChannelName;
  health(): { state: 'up' | 'down' | 'starting'; reason?: string };
  status?(): { lastInboundAt: Date | null; lastConfirmedOutboundAt: Date | null; queueAge: number };
}

/** How one channel does; nothing of persons. */
export interface ChannelReport extends Traffic {
  name: ChannelName;
  state: 'up' | 'down' | 'starting';
  /** Why it is down, or what else there is to know; English, for people. */
  reason?: string;
}

/** What the channels say of themselves, completed from the message log: it remembers what was before the process started. */
export function describeChannels(
  channels: Iterable<WatchedChannel>,
  { traffic, now }: { traffic: ReadonlyMap<ChannelName, Traffic>; now: Date },
): ChannelReport[] {
  return [...channels].map((channel) => {
    const logged = traffic.get(channel.name);
    const said = channel.status?.();
    const waits = said && said.queueAge > 0 ? new Date(now.getTime() - said.queueAge * 1000) : null;
    return {
      name: channel.name,
      ...channel.health(),
      lastInboundAt: latest(said?.lastInboundAt, logged?.lastInboundAt),
      lastConfirmedOutboundAt: latest(said?.lastConfirmedOutboundAt, logged?.lastConfirmedOutboundAt),
      queued: logged?.queued ?? 0,
      waitingSince: earliest(waits, logged?.waitingSince),
    };
  });
}

type MaybeDate = Date | null | undefined;

function latest(one: MaybeDate, other: MaybeDate): Date | null {
  if (!one || !other) return one ?? other ?? null;
  return one > other ? one : other;
}

function earliest(one: MaybeDate, other: MaybeDate): Date | null {
  if (!one || !other) return one ?? other ?? null;
  return one < other ? one : other;
}
