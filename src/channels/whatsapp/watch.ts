import type { ChannelHealth, ChannelStatus } from '../../conversation/channel.js';

/** What the people who run the service see of the channel. */
export interface Watch {
  connection: ChannelHealth;
  /** What arrives can be kept. */
  storing: boolean;
  lastInboundAt: Date | null;
  lastConfirmedOutboundAt: Date | null;
  /** The office wants this message sent. */
  begin(messageId: string, now: Date): void;
  /** It was confirmed, or will never be. */
  end(messageId: string): void;
  health(): ChannelHealth;
  status(now: Date): ChannelStatus;
}

/** Messages the office has given up are forgotten with the oldest. */
const WATCHED = 10_000;

export function createWatch(): Watch {
  const unconfirmed = new Map<string, Date>();
  return {
    connection: { state: 'starting' },
    storing: true,
    lastInboundAt: null,
    lastConfirmedOutboundAt: null,
    begin(messageId, now) {
      if (!unconfirmed.has(messageId)) unconfirmed.set(messageId, now);
      const [oldest] = unconfirmed.keys();
      if (unconfirmed.size > WATCHED && oldest !== undefined) unconfirmed.delete(oldest);
    },
    end: (messageId) => void unconfirmed.delete(messageId),
    health() {
      return this.storing ? this.connection : { state: 'down', reason: 'messages cannot be stored' };
    },
    status(now) {
      const [oldest] = unconfirmed.values();
      return {
        state: this.health().state,
        lastInboundAt: this.lastInboundAt,
        lastConfirmedOutboundAt: this.lastConfirmedOutboundAt,
        queueAge: oldest ? Math.max(0, (now.getTime() - oldest.getTime()) / 1000) : 0,
      };
    },
  };
}
