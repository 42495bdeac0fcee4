import type { ConversationEvent, Message } from '../models/message.js';
import { OFFICE_CLOSED } from '../services/messages/office-closed.js';
import { isOpen, nextOpening } from '../shared/working-time.js';
import type { Engine } from './engine.js';

/** What the office says of its own accord about a date (R-E2): nobody is woken by it, however late its turn or its channel is. */
const NOTICES: ReadonlySet<ConversationEvent['name']> = new Set(['ticket-late', 'deadline-moved']);

export function isNotice({ content }: Pick<Message, 'content'>): boolean {
  return content.kind === 'event' && NOTICES.has(content.event.name);
}

export function isOfficeOpen({ services, clock }: Engine): boolean {
  return isOpen(services.reference.calendar, clock.now());
}

/**
 * Puts off to the next opening what goes out within hours only, if nothing else waits with it: with other words it goes out at
 * once, in its place before them. What another process is sending, or a channel has asked to wait for, keeps its time.
 * @returns whether it all waits
 */
export async function putOff(engine: Engine, queued: readonly Message[]): Promise<boolean> {
  if (queued.length === 0 || queued.some(({ withinHours }) => !withinHours)) return false;
  if (isOfficeOpen(engine)) return false;
  const { models, reference } = engine.services;
  const now = engine.clock.now();
  const opening = nextOpening(reference.calendar, now);
  await models.messages.updateMany(
    {
      ...{ _id: { $in: queued.map((line) => line._id) }, 'delivery.state': 'queued' },
      'delivery.nextAttemptAt': { $lte: now },
    },
    { $set: { 'delivery.nextAttemptAt': opening, 'delivery.reason': OFFICE_CLOSED } },
  );
  return true;
}
