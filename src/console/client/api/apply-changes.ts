import type { QueryClient } from '@tanstack/react-query';
import { mergeMessages, mergeNewest, type MessagePages } from './messages-cache.js';
import { fetchMessages } from './queries.js';
import { refreshAppointments } from './appointments.js';
import { refreshEscalations } from './escalations.js';
import { refreshLetters } from './letters.js';
import { refreshVisits } from './reception.js';
import type { Change, Message, Ticket } from './types.js';

/** Changes come in bursts (20 bubbles in two seconds): they are gathered this long, in milliseconds. */
const GATHER = 120;

/** Gathers changes and fetches what they touch, each thing once. */
export function createChangeApplier(client: QueryClient): (change: Change) => void {
  let gathered: Change[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (change) => {
    gathered.push(change);
    timer ??= setTimeout(() => {
      const changes = gathered;
      gathered = [];
      timer = undefined;
      applyChanges(client, changes);
    }, GATHER);
  };
}

function applyChanges(client: QueryClient, changes: readonly Change[]): void {
  const topics = new Set(changes.map(({ topic }) => topic));
  const refresh = (...keys: string[]): void =>
    keys.forEach((key) => void client.invalidateQueries({ queryKey: [key] }));

  if (topics.has('ticket') || topics.has('message')) refresh('tickets', 'counts');
  if (topics.has('message')) refresh('channels');
  if (topics.has('ticket')) refresh('minutes', 'audit');
  if (topics.has('escalation')) refreshEscalations(client);
  if (topics.has('letter')) refreshLetters(client);
  if (topics.has('appointment')) {
    refreshAppointments(client);
    refreshVisits(client);
  }
  if (topics.has('mail')) refresh('mails', 'mail', 'overview');
  if (topics.has('staff')) refresh('staff', 'assignees', 'sessions');
  if (topics.has('settings')) {
    refresh('topics', 'units', 'desk-units', 'holidays', 'office-hours', 'clocks');
    refresh('rooms', 'booking-calendar', 'free-sessions');
  }
  if (topics.has('channel')) refresh('channels', 'pairing', 'overview');

  for (const ticket of cachedTickets(client)) {
    const touching = changes.filter(
      ({ id, number, conversationId }) =>
        number === ticket.number ||
        id === ticket.number ||
        (conversationId !== undefined && ticket.conversationIds.includes(conversationId)),
    );
    if (touching.length === 0) continue;
    void client.invalidateQueries({ queryKey: ['ticket', ticket.number] });
    void client.invalidateQueries({ queryKey: ['history', ticket.number] });
    void client.invalidateQueries({ queryKey: ['person', ticket.number] });
    // Of an anonymous ticket nothing but its number is known.
    if (ticket.anonymous || touching.some(({ topic }) => topic !== 'ticket'))
      void refreshMessages(client, ticket.number);
  }
}

/** Fetches the newest page and joins it to what the reader has loaded. */
export async function refreshMessages(client: QueryClient, number: string): Promise<void> {
  const key = ['messages', number];
  if (!client.getQueryData<MessagePages>(key)) return;
  const newest = await fetchMessages(number, null).catch(() => undefined);
  const known = client.getQueryData<MessagePages>(key);
  if (!newest || !known) return;
  const merged = mergeNewest(known, newest);
  if (merged) client.setQueryData(key, merged);
  else await client.resetQueries({ queryKey: key });
}

/** Puts messages the server just answered with into the conversation. */
export function addMessages(client: QueryClient, number: string, messages: readonly Message[]): void {
  client.setQueryData<MessagePages>(['messages', number], (known) => known && mergeMessages(known, messages));
}

/** After a break nothing on the screen is certain. */
export function refreshEverything(client: QueryClient): void {
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'messages' });
  for (const { number } of cachedTickets(client)) void refreshMessages(client, number);
}

function cachedTickets(client: QueryClient): Ticket[] {
  return client
    .getQueriesData<Ticket>({ queryKey: ['ticket'] })
    .map(([, ticket]) => ticket)
    .filter((ticket) => ticket !== undefined);
}
