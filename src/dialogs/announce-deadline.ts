import type { Interruption, Turn } from '../conversation/dialog.js';
import type { ConversationEvent } from '../models/message.js';
import { deadlineNews } from '../services/deadlines/deadline-news.js';
import { matterOf } from '../services/tickets/matter-of.js';
import { formatDateTime } from '../shared/format-time.js';
import { zoneOf } from './presence.js';

/** R-E2: apologises for a missed date with the new one, or says that a promised date has become a later one. */
export async function announceDeadline(
  turn: Turn,
  { name, ticketId }: ConversationEvent,
  open: string | undefined,
): Promise<Interruption> {
  const news = await deadlineNews(turn.services, ticketId);
  if (!news) return { do: 'wait' };
  const { ticket, promisedAt, reason, held } = news;
  turn.matter = matterOf(ticket);
  const when = { language: turn.language, zone: zoneOf(ticket.profile) };
  const said = {
    number: ticket.number,
    missed: formatDateTime(ticket.dueAt, when),
    due: formatDateTime(promisedAt, when),
    reason: turn.t(`deadline:reasons.${reason}`),
  };
  turn.say(turn.t(name === 'ticket-late' ? 'deadline:late' : 'deadline:later', said));
  // Beside a person, and where nothing was asked, the assistant says no more than that.
  return { do: held || open === undefined || open === 'main-menu' ? 'wait' : 'reprompt' };
}
