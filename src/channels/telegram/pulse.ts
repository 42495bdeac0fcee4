import type { ChannelHealth, ChannelStatus } from '../../conversation/channel.js';
import type { Clock } from '../../shared/clock.js';

/** How the channel is: its connection, whether messages can be stored, and what passes through. */
export interface Pulse {
  health(): ChannelHealth;
  status(): ChannelStatus;
  connection(state: ChannelHealth): void;
  /** Follows a message of a user until it is stored. */
  storing<T>(task: () => Promise<T>): Promise<T>;
  /** A message of ours is in the channel's hands until it is confirmed or given up. */
  sending(id: string): void;
  confirmed(id: string): void;
  givenUp(id: string): void;
}

/** Messages of ours that are followed at once; the oldest is forgotten first. */
const MOST_FOLLOWED = 1_000;

export function createPulse(clock: Clock): Pulse {
  let connection: ChannelHealth = { state: 'starting' };
  let stored = true;
  let lastInboundAt: Date | null = null;
  let lastConfirmedOutboundAt: Date | null = null;
  /** Since when; insertion order is the order of beginnings. */
  const inbound = new Map<symbol, Date>();
  const outbound = new Map<string, Date>();

  const health = (): ChannelHealth =>
    connection.state === 'up' && !stored
      ? { state: 'down', reason: 'messages cannot be stored' }
      : connection;

  return {
    health,
    status() {
      const since = [...inbound.values(), ...outbound.values()].map((at) => at.getTime());
      const queueAge = since.length > 0 ? (clock.now().getTime() - Math.min(...since)) / 1000 : null;
      return { ...health(), lastInboundAt, lastConfirmedOutboundAt, queueAge };
    },
    connection: (state) => (connection = state),
    async storing(task) {
      const key = Symbol('inbound');
      inbound.set(key, clock.now());
      try {
        const result = await task();
        stored = true;
        lastInboundAt = clock.now();
        return result;
      } catch (error) {
        stored = false;
        throw error;
      } finally {
        inbound.delete(key);
      }
    },
    sending(id) {
      if (outbound.has(id)) return;
      outbound.set(id, clock.now());
      const [oldest] = outbound.keys();
      if (outbound.size > MOST_FOLLOWED && oldest !== undefined) outbound.delete(oldest);
    },
    confirmed(id) {
      outbound.delete(id);
      lastConfirmedOutboundAt = clock.now();
    },
    givenUp: (id) => outbound.delete(id),
  };
}
