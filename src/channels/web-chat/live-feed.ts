import type { WebChatPorts } from './types.js';
import { refreshViews, type View, type Viewer } from './visitor-view.js';

export interface LiveFeed {
  /** Shows the viewer everything behind `after` and the newest lines, then all that follows. Returns the way to stop. */
  open(address: string, after: string | undefined, viewer: Viewer): () => void;
  openCount(address: string): number;
  /** From now on changes of this conversation wake this visitor's pages. */
  bind(address: string, conversationId: string): void;
  /** Looks for news of this visitor. */
  wake(address: string): void;
  stop(): void;
}

interface Visitor {
  views: Set<View>;
  conversationId: string | undefined;
  running: boolean;
  dirty: boolean;
}

const PING_MS = 20_000;

/**
 * Pages follow a conversation through the change feed, which only says "look again"; the lines themselves always
 * come from the history. Nothing is missed: neither after a break, nor when a read fails (tried again at the ping).
 */
export function createLiveFeed(
  ports: Pick<WebChatPorts, 'history' | 'conversationOf' | 'changes' | 'log'>,
): LiveFeed {
  const visitors = new Map<string, Visitor>();
  const addresses = new Map<string, string>();
  const unsubscribe = ports.changes.subscribe((change) => {
    if (change.topic !== 'message' || change.conversationId === undefined) return;
    const address = addresses.get(change.conversationId);
    if (address !== undefined) wake(address);
  });
  const timer = setInterval(() => pingAll(visitors, wake), PING_MS);
  timer.unref();

  return {
    bind,
    wake,
    openCount: (address) => visitors.get(address)?.views.size ?? 0,
    open(address, after, viewer) {
      const visitor = visitors.get(address) ?? newVisitor();
      visitors.set(address, visitor);
      const view: View = { viewer, known: new Map(), highest: after };
      visitor.views.add(view);
      wake(address);
      return () => {
        visitor.views.delete(view);
        if (visitor.views.size === 0 && visitors.get(address) === visitor) forget(address, visitor);
      };
    },
    stop() {
      unsubscribe();
      clearInterval(timer);
      for (const { views } of [...visitors.values()]) for (const { viewer } of [...views]) viewer.end();
    },
  };

  function forget(address: string, { conversationId }: Visitor): void {
    visitors.delete(address);
    if (conversationId !== undefined) addresses.delete(conversationId);
  }

  function bind(address: string, conversationId: string): void {
    const visitor = visitors.get(address);
    if (visitor === undefined || visitor.conversationId === conversationId) return;
    if (visitor.conversationId !== undefined) addresses.delete(visitor.conversationId);
    visitor.conversationId = conversationId;
    addresses.set(conversationId, address);
    wake(address);
  }

  function wake(address: string): void {
    const visitor = visitors.get(address);
    if (visitor === undefined) return;
    visitor.dirty = true;
    if (!visitor.running) void refreshUntilClean(address, visitor);
  }

  async function refreshUntilClean(address: string, visitor: Visitor): Promise<void> {
    visitor.running = true;
    try {
      while (visitor.dirty && visitor.views.size > 0) {
        visitor.dirty = false;
        if (visitor.conversationId === undefined) await findConversation(address);
        await refreshViews(address, visitor.views, ports.history);
      }
    } catch (error) {
      // The page keeps what it has; the next change or ping looks again.
      visitor.dirty = true;
      ports.log.warn({ err: error, channel: 'web-chat' }, 'live chat could not read the history');
    } finally {
      visitor.running = false;
    }
  }

  async function findConversation(address: string): Promise<void> {
    const conversationId = await ports.conversationOf(address);
    if (conversationId !== undefined) bind(address, conversationId);
  }
}

function newVisitor(): Visitor {
  return { views: new Set(), conversationId: undefined, running: false, dirty: false };
}

function pingAll(visitors: ReadonlyMap<string, Visitor>, wake: (address: string) => void): void {
  for (const [address, { views, dirty, running }] of visitors) {
    for (const { viewer } of views) viewer.ping();
    if (dirty && !running) wake(address);
  }
}
