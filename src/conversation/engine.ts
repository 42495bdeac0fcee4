import type { ServiceContext } from '../services/service-context.js';
import type { ChannelName } from '../shared/channel-name.js';
import type { Clock } from '../shared/clock.js';
import type { Channel } from './channel.js';
import { createConversationQueue, type ConversationQueue } from './conversation-queue.js';
import type { DialogSet } from './dialog.js';

/** Everything a turn needs, built once. One process has one engine. */
export interface Engine {
  readonly services: ServiceContext;
  readonly clock: Clock;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly dialogs: DialogSet;
  /** Token of this process in the leases of conversations. */
  readonly owner: string;
  readonly queue: ConversationQueue;
  /** Conversation of an address; never changes, so it is looked up once. */
  readonly conversationIds: Map<string, Promise<string>>;
  /** Conversations with a message that waits for another attempt: later ones wait behind it. */
  readonly blocked: Set<string>;
  /** Conversations with a message that missed its turn: later ones wait for the sweep to bring it. */
  readonly behind: Set<string>;
  /** Messages whose turn failed, and how often. */
  readonly failures: Map<string, number>;
  readonly counts: EngineCounts;
}

/** Running totals since the process started, for /metrics. */
export interface EngineCounts {
  turns: number;
  turnConflicts: number;
  turnFailures: number;
  received: Map<ChannelName, number>;
  sent: Map<ChannelName, number>;
  failed: Map<ChannelName, number>;
}

export function createEngine(
  parts: Pick<Engine, 'services' | 'clock' | 'channels' | 'dialogs' | 'owner'>,
): Engine {
  return {
    ...parts,
    queue: createConversationQueue(),
    conversationIds: new Map(),
    blocked: new Set(),
    behind: new Set(),
    failures: new Map(),
    counts: {
      turns: 0,
      turnConflicts: 0,
      turnFailures: 0,
      received: new Map(),
      sent: new Map(),
      failed: new Map(),
    },
  };
}

/** Of the channels that run in this process, as a condition: work for another one waits until that one runs. */
export function ofRunningChannel({ channels }: Engine): { $in: ChannelName[] } {
  return { $in: [...channels.keys()] };
}

export function countFor(counts: Map<ChannelName, number>, channel: ChannelName): void {
  counts.set(channel, (counts.get(channel) ?? 0) + 1);
}
