import type { Pending } from '../state/outbox.js';
import { dayKey } from '../text/time.js';
import type { HistoryEntry, Message } from '../api/types.js';

export type TimelineItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'message'; key: string; message: Message; /** Opens a run of one author. */ first: boolean }
  | { kind: 'event'; key: string; entry: HistoryEntry }
  | { kind: 'pending'; key: string; pending: Pending };

interface TimelineInput {
  /** Oldest first. */
  messages: readonly Message[];
  history: readonly HistoryEntry[];
  pending: readonly Pending[];
  /** Lines older than `messages` exist and are not loaded. */
  hasOlder: boolean;
}

/** Facts that a line of the conversation already shows. */
const SHOWN_AS_MESSAGE = new Set([
  'user-wrote',
  'staff-replied',
  'note-added',
  'first-response',
  'minutes-mailed',
]);
/** Lines of one author within this time stand together, in milliseconds. */
const RUN = 5 * 60_000;

/** What the conversation shows from top to bottom: days, messages, what happened to the ticket, what is being sent. */
export function buildTimeline({ messages, history, pending, hasOlder }: TimelineInput): TimelineItem[] {
  const from = hasOlder ? (messages[0]?.receivedAt ?? '') : '';
  const events = history.filter(({ name, at }) => !SHOWN_AS_MESSAGE.has(name) && at >= from);
  const items: TimelineItem[] = [];
  let day = '';
  let previous: Message | undefined;

  const openDay = (at: string): void => {
    const key = dayKey(at);
    if (key === day) return;
    day = key;
    previous = undefined;
    items.push({ kind: 'day', key: `day-${key}-${items.length}`, at });
  };
  const addEvent = (entry: HistoryEntry): void => {
    openDay(entry.at);
    previous = undefined;
    items.push({ kind: 'event', key: entry.id, entry });
  };

  let next = 0;
  for (const message of messages) {
    for (let event = events[next]; event && precedes(event, message); event = events[next]) {
      addEvent(event);
      next += 1;
    }
    openDay(message.sentAt);
    items.push({ kind: 'message', key: message.id, message, first: !continues(previous, message) });
    previous = message;
  }
  events.slice(next).forEach(addEvent);
  items.push(...pending.map((item) => ({ kind: 'pending' as const, key: item.clientId, pending: item })));
  return items;
}

/** What a user's message brought about carries the message's own time: it follows that message, before the answer to it. */
function precedes({ at }: HistoryEntry, { receivedAt, direction }: Message): boolean {
  return at < receivedAt || (at === receivedAt && direction !== 'in');
}

function continues(previous: Message | undefined, { direction, author, sentAt }: Message): boolean {
  return (
    previous?.direction === direction &&
    previous.author.kind === author.kind &&
    previous.author.name === author.name &&
    Date.parse(sentAt) - Date.parse(previous.sentAt) < RUN
  );
}
