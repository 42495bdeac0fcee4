import type { Interruption, Turn } from '../conversation/dialog.js';
import type { ConversationEvent } from '../models/message.js';
import type { Ticket } from '../models/ticket.js';
import { deadlineNews } from '../services/deadlines/deadline-news.js';
import { matterOf } from '../services/tickets/matter-of.js';
import { isBooking } from '../services/tickets/kinds.js';
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
  // Whoever knows their day no longer asks by when it will be set.
  if (name === 'deadline-moved' && ticket.status === 'scheduled') return { do: 'wait' };
  turn.matter = matterOf(ticket);
  const when = { language: turn.language, zone: zoneOf(ticket.profile) };
  const said = {
    number: ticket.number,
    missed: formatDateTime(ticket.dueAt, when),
    due: formatDateTime(promisedAt, when),
    reason: turn.t(`deadline:reasons.${reason}`),
  };
  turn.say(turn.t(`deadline:${name === 'ticket-late' ? 'late' : 'later'}${whatIsDue(ticket)}`, said));
  // Beside a person, and where nothing was asked, the assistant says no more than that.
  return { do: held || open === undefined || open === 'main-menu' ? 'wait' : 'reprompt' };
}

/** R-B2: a booking is to have a time by then, and once it took place, its BAK. */
function whatIsDue({ kind, status, appointment }: Ticket): string {
  if (!isBooking(kind)) return '';
  if (status === 'scheduled') return 'Scheduled';
  return appointment?.state === 'over' || appointment?.state === 'under-way' ? 'Minutes' : 'Planning';
}
