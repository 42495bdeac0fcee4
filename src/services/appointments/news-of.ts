import type { Appointment, AppointmentEntry, AppointmentStep } from '../../models/appointment.js';
import type { AppointmentNews } from '../../models/message.js';
import type { Ticket } from '../../models/ticket.js';

/**
 * What the chat has to hear of a step; null where the user did it there and was told at once, or where it is the office's own
 * business.
 */
export function newsOf(
  { channel }: Pick<Ticket, 'channel'>,
  { letter, meetingUrl }: Pick<Appointment, 'letter' | 'meetingUrl'>,
  { step, by, text }: AppointmentEntry,
): AppointmentNews | null {
  // One that came another way than the request, by e-mail (R-B1).
  if (step === 'letter') return by === 'user' && letter?.via === channel ? null : 'letter';
  if (by === 'user') return null;
  if (step === 'meeting') return meetingUrl === null ? null : 'meeting';
  // A trial that failed has its hindrance as text (R-B5).
  if (step === 'trial') return text === undefined ? null : 'postponed';
  return NEWS[step] ?? null;
}

const NEWS: Readonly<Partial<Record<AppointmentStep, AppointmentNews>>> = {
  book: 'agreed',
  move: 'moved',
  displace: 'displaced',
  propose: 'proposed',
  solve: 'solved',
  decline: 'declined',
  'no-show': 'no-show',
};
