import { deliverQueued } from './deliver.js';
import { ofRunningChannel, type Engine } from './engine.js';
import { handleAgain, handleUnsent, handleWake } from './handle-message.js';

/** How much one sweep takes on; the next one takes the rest. */
const BATCH = 200;

/** A message younger than this is still on its ordinary way. */
const GRACE_MILLISECONDS = 10_000;

/** Brings messages whose turn did not happen (crash, failure, lease elsewhere) to their turn again, oldest first. */
export async function recoverInbox(engine: Engine, now: Date, grace = GRACE_MILLISECONDS): Promise<void> {
  const before = new Date(now.getTime() - grace);
  const { messages, conversations } = engine.services.models;
  const channel = ofRunningChannel(engine);
  const pending = await messages
    .find({ pending: true, channel, receivedAt: { $lte: before } }, { conversationId: 1 })
    .sort({ _id: 1 })
    .limit(BATCH)
    .lean();
  for (const { _id, conversationId } of pending) {
    void engine.queue.run(conversationId, () => handleAgain(engine, _id));
  }
  // Of any channel: where one is off, its answers move to the message log and wait there.
  const unsent = await conversations
    .find({ 'outbox.at': { $lte: before } }, { _id: 1 })
    .limit(BATCH)
    .lean();
  for (const { _id } of unsent) void engine.queue.run(_id, () => handleUnsent(engine, _id));
}

/** Wakes conversations whose pause is over. */
export async function wakeConversations(engine: Engine, now: Date): Promise<void> {
  const { conversations } = engine.services.models;
  const due = await conversations
    .find({ channel: ofRunningChannel(engine), wakeAt: { $type: 'date', $lte: now } }, { _id: 1 })
    .sort({ wakeAt: 1 })
    .limit(BATCH)
    .lean();
  for (const { _id } of due) void engine.queue.run(_id, () => handleWake(engine, _id));
}

/** Tries the waiting outgoing messages again whose time has come. */
export async function retryOutbox(engine: Engine, now: Date): Promise<void> {
  const { messages } = engine.services.models;
  const channel = ofRunningChannel(engine);
  const due = await messages
    .find(
      { 'delivery.state': 'queued', channel, 'delivery.nextAttemptAt': { $lte: now } },
      { conversationId: 1 },
    )
    .sort({ 'delivery.nextAttemptAt': 1 })
    .limit(BATCH)
    .lean();
  for (const conversationId of new Set(due.map((message) => message.conversationId))) {
    void engine.queue.run(conversationId, () => deliverQueued(engine, conversationId));
  }
}

/**
 * What a process does first: knows what is waiting, and takes up what the one before it left undone.
 * @param alone the store is ours alone, so a lease on unfinished work is that of a process that died
 */
export async function takeUpWork(engine: Engine, { alone }: { alone: boolean }): Promise<void> {
  await loadBlocked(engine);
  if (alone) await dropLeases(engine);
  await recoverInbox(engine, engine.clock.now(), 0);
}

async function dropLeases(engine: Engine): Promise<void> {
  const { messages, conversations } = engine.services.models;
  const unfinished: string[] = await messages.distinct('conversationId', { pending: true });
  const unsent = await conversations.find({ 'outbox.at': { $exists: true } }, { _id: 1 }).lean();
  await conversations.updateMany(
    { _id: { $in: [...unfinished, ...unsent.map(({ _id }) => _id)] } },
    { $set: { leaseOwner: null, leaseUntil: null } },
  );
}

/** Conversations with waiting messages, read once at the start so that later messages keep behind them. */
export async function loadBlocked(engine: Engine): Promise<void> {
  const queued: string[] = await engine.services.models.messages.distinct('conversationId', {
    'delivery.state': 'queued',
  });
  for (const conversationId of queued) engine.blocked.add(conversationId);
}

/** When the next conversation wants to be woken. */
export async function nextWake(engine: Engine): Promise<Date | undefined> {
  const next = await engine.services.models.conversations
    .findOne({ channel: ofRunningChannel(engine), wakeAt: { $type: 'date' } }, { wakeAt: 1 })
    .sort({ wakeAt: 1 })
    .lean();
  return next?.wakeAt ?? undefined;
}

/** When the next waiting message may be tried again. */
export async function nextRetry(engine: Engine): Promise<Date | undefined> {
  const next = await engine.services.models.messages
    .findOne({ 'delivery.state': 'queued', channel: ofRunningChannel(engine) }, { delivery: 1 })
    .sort({ 'delivery.nextAttemptAt': 1 })
    .lean();
  return next?.delivery?.nextAttemptAt ?? undefined;
}

/** When the oldest message without a turn, or the oldest unsent answer, may be taken up again. */
export async function nextRecovery(engine: Engine): Promise<Date | undefined> {
  const { messages, conversations } = engine.services.models;
  const channel = ofRunningChannel(engine);
  const pending = await messages
    .findOne({ pending: true, channel }, { receivedAt: 1 })
    .sort({ _id: 1 })
    .lean();
  const unsent = await conversations
    .findOne({ 'outbox.at': { $gte: new Date(0) } }, { outbox: { $slice: 1 } })
    .sort({ 'outbox.at': 1 })
    .lean();
  const since = [pending?.receivedAt, unsent?.outbox[0]?.at].flatMap((at) => (at ? [at.getTime()] : []));
  return since.length > 0 ? new Date(Math.min(...since) + GRACE_MILLISECONDS) : undefined;
}
