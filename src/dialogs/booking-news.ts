import type { Dialog, Interruption, Turn } from '../conversation/dialog.js';
import type { Appointment, Session } from '../models/appointment.js';
import type { AppointmentNews, ConversationEvent, FileReference } from '../models/message.js';
import { appointmentNews } from '../services/appointments/find-own-appointments.js';
import { findFreeSessions } from '../services/appointments/find-free-sessions.js';
import { sayPlace } from './booking/ask-confirm.js';
import type { BookingOptions } from './booking/begin-booking.js';
import type { BookingState } from './booking/draft.js';
import { sayDate, sayPeriod, sayTime } from './booking/say.js';
import { forgetTicket } from './forget-ticket.js';

type Top = { dialog: Dialog; state: unknown } | undefined;

const WAIT: Interruption = { do: 'wait' };

/** What the office, the clock or a letter did to a booking (R-B*, R-C*); where there is something to pick, the booking goes on. */
export async function announceAppointment(
  turn: Turn,
  { appointmentId = '', news, files = [] }: ConversationEvent,
  top: Top,
): Promise<Interruption> {
  // What users did themselves they were told at once; its papers follow.
  if (news === undefined) return sendPapers(turn, files);
  const conversationId = turn.conversation._id;
  const found = await appointmentNews(turn.services, { id: appointmentId, conversationId });
  if (!found || !stillHolds(turn, found.appointment, news)) return WAIT;
  const { appointment, withPerson } = found;
  const same = isAbout(top, appointmentId);
  const nothingOpen = same || top?.dialog.name === 'my-bookings';
  const again =
    news === 'hold-over' ? await freeAgain(turn, appointment, heldIn(top, appointmentId)) : undefined;
  const said = sentence(turn, appointment, news, again);
  const options = withPerson ? undefined : toPick(turn, appointment, news, { lead: said, again });
  if (options) return { do: nothingOpen ? 'restart' : 'digress', dialog: 'booking', options };
  if (OVER.has(news)) await forgetTicket(turn, appointment.ticketId);
  // Beside a person nothing is picked from the bot: the times are told.
  const times = news === 'proposed' ? appointment.proposed.map((one) => `\n• ${sayPeriod(turn, one)}`) : [];
  turn.say(said + times.join(''));
  sendPapers(turn, files);
  if (withPerson || !top || top.dialog.name === 'main-menu') return WAIT;
  return same && ENDS.has(news) ? { do: 'restart', dialog: 'main-menu' } : { do: 'reprompt' };
}

/** The confirmation sheet (R-C7), the file for the guest's calendar, and what else goes along. */
function sendPapers(turn: Turn, files: readonly FileReference[]): Interruption {
  for (const file of files) {
    const kind = file.name.endsWith('.ics') ? 'calendar' : 'sheet';
    turn.sendFile(file, turn.t(`booking:papers.${kind}`));
  }
  return WAIT;
}

/** The ticket is closed with these. */
const OVER: ReadonlySet<AppointmentNews> = new Set(['no-show', 'declined']);

/** After these a dialog about the same booking has nothing left to ask. */
const ENDS: ReadonlySet<AppointmentNews> = new Set([
  ...(['agreed', 'moved', 'postponed', 'no-show', 'declined'] as const),
]);

/** News that came late, after something else happened, is none. */
function stillHolds(
  turn: Turn,
  { state, held, proposed, agreed }: Appointment,
  news: AppointmentNews,
): boolean {
  switch (news) {
    case 'freed':
      return held !== null && held.until > turn.now;
    case 'proposed':
      return proposed.length > 0 && (state === 'planning' || state === 'scheduled');
    case 'displaced':
    case 'solved':
    case 'letter':
      return state === 'planning' && agreed === null;
    case 'hold-over':
      return (state === 'planning' || state === 'scheduled') && (held === null || held.until <= turn.now);
    case 'agreed':
    case 'moved':
    case 'reminder-day':
    case 'reminder-hours':
    case 'meeting':
      return agreed !== null;
    default:
      return true;
  }
}

function sentence(
  turn: Turn,
  appointment: Appointment,
  news: AppointmentNews,
  again: Session | undefined,
): string {
  const { ticketNumber: number, kind, agreed, held, letter, meetingUrl, thread } = appointment;
  const time = news === 'freed' ? held : agreed;
  const said = {
    ...{ number, kind: turn.t(`booking:plainKinds.${kind}`), link: meetingUrl ?? '' },
    period: time ? sayPeriod(turn, time) : '',
    until: held ? sayTime(turn, held.until) : '',
    reason: thread.findLast(({ step }) => step === 'decline')?.text ?? '',
    letter: letter ? turn.t('booking:letterLine', { ...letter, date: sayDate(turn, letter.date) }) : '',
  };
  if (news !== 'hold-over') return withPlace(turn, appointment, news, turn.t(`booking:news.${news}`, said));
  const over =
    again === undefined
      ? turn.t('booking:news.hold-over', said)
      : turn.t('booking:news.hold-over-again', { ...said, period: sayPeriod(turn, again) });
  return appointment.waiting ? `${over} ${turn.t('booking:stillWaits')}` : over;
}

/** The time that was held, where nobody else has it by now. */
async function freeAgain(
  turn: Turn,
  appointment: Appointment,
  before = appointment.held?.startsAt.toISOString(),
): Promise<Session | undefined> {
  if (before === undefined) return undefined;
  const from = turn.services.reference.calendar.dateOf(new Date(before));
  const { sessions } = await findFreeSessions(turn.services, { appointment, from, days: 1, now: turn.now });
  return sessions.find(({ startsAt }) => startsAt.toISOString() === before);
}

/** Where to go and what to bring. */
function withPlace(turn: Turn, appointment: Appointment, news: AppointmentNews, said: string): string {
  const { kind, meetingUrl } = appointment;
  const place = { place: sayPlace(turn, appointment), link: meetingUrl ?? '' };
  const key = kind === 'visit' ? 'visit' : meetingUrl === null ? 'video' : 'link';
  return WITH_PLACE.has(news) ? `${said}\n\n${turn.t(`booking:remind.${key}`, place)}` : said;
}

const WITH_PLACE: ReadonlySet<AppointmentNews> = new Set([
  ...(['agreed', 'moved', 'reminder-day', 'reminder-hours'] as const),
]);

function toPick(
  turn: Turn,
  { _id: appointmentId, thread }: Appointment,
  news: AppointmentNews,
  { lead, again }: { lead: string; again: Session | undefined },
): BookingOptions | undefined {
  switch (news) {
    case 'freed':
      return { appointmentId, wish: 'freed' };
    case 'hold-over':
      return again
        ? { appointmentId, lead, from: dayOf(turn, again.startsAt), again: again.startsAt.toISOString() }
        : { appointmentId, lead };
    case 'displaced': {
      const before = thread.findLast(({ step }) => step === 'displace')?.startsAt;
      return { appointmentId, lead, ...(before ? { from: dayOf(turn, before) } : {}) };
    }
    case 'proposed':
    case 'solved':
    case 'letter':
      return { appointmentId, lead };
    default:
      return undefined;
  }
}

function dayOf(turn: Turn, instant: Date): string {
  return turn.services.reference.calendar.dateOf(instant);
}

function isAbout(top: Top, appointmentId: string): boolean {
  return top?.dialog.name === 'booking' && (top.state as BookingState).appointmentId === appointmentId;
}

/** The time that the open dialog had held. */
function heldIn(top: Top, appointmentId: string): string | undefined {
  return isAbout(top, appointmentId) ? (top?.state as BookingState).held : undefined;
}
