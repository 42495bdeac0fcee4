import type { ChannelHealth, ChannelStatus } from '../conversation/channel.js';
import type { Clock } from '../shared/clock.js';

/** How the channel is: its connection, whether messages can be stored, and what passes through. */
export interface Pulse {
  health(): ChannelHealth;
  status(): ChannelStatus;
  connection(state: ChannelHealth): void;
  /** Follows a message of a user until it is stored, or not. */
  storing<T>(task: () => Promise<T>): Promise<T>;
  /** Follows a message of ours until it is confirmed, or not. */
  sending(task: () => Promise<void>): Promise<void>;
}

export function createPulse(clock: Clock): Pulse {
  let connection: ChannelHealth = { state: 'starting' };
  let stored = true;
  let lastInboundAt: Date | null = null;
  let lastConfirmedOutboundAt: Date | null = null;
  /** Since when each message is in the channel's hands. */
  const held = new Map<symbol, Date>();

  async function hold<T>(task: () => Promise<T>): Promise<T> {
    const key = Symbol('message');
    held.set(key, clock.now());
    try {
      return await task();
    } finally {
      held.delete(key);
    }
  }

  const health = (): ChannelHealth =>
    connection.state === 'up' && !stored
      ? { state: 'down', reason: 'messages cannot be stored' }
      : connection;

  return {
    health,
    status() {
      const since = [...held.values()].map((at) => at.getTime());
      const queueAge = since.length > 0 ? (clock.now().getTime() - Math.min(...since)) / 1000 : 0;
      return { state: health().state, lastInboundAt, lastConfirmedOutboundAt, queueAge };
    },
    connection: (state) => (connection = state),
    async storing(task) {
      try {
        const result = await hold(task);
        stored = true;
        lastInboundAt = clock.now();
        return result;
      } catch (error) {
        stored = false;
        throw error;
      }
    },
    async sending(task) {
      await hold(task);
      lastConfirmedOutboundAt = clock.now();
    },
  };
}
