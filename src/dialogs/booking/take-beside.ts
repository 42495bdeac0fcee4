import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { getOwnAppointment } from '../../services/appointments/find-own-appointments.js';
import { bookingWish, dropsBooking, saysLate } from '../my-bookings/booking-wish.js';
import { describe } from '../my-bookings/describe.js';
import { askGuests } from './ask-guests.js';
import { askLeaving } from './ask-waiting.js';
import type { BookingState } from './draft.js';
import { ask } from './next-step.js';
import { offerSessions } from './offer-sessions.js';
import { readWish, speaksOfTime } from './read-wish.js';

/** Words about the booking itself, whatever is being asked: give it up, book, look, move, who comes. */
export async function takeBeside(
  turn: Turn,
  state: BookingState,
  input: Input,
): Promise<Outcome | undefined> {
  if (input.kind !== 'text') return undefined;
  const { text } = input;
  if (!NAMES_KIND.has(state.at) && AGAIN.test(text.trim())) return underWay(turn, state);
  if (state.appointmentId === undefined || state.at === 'leaving') return undefined;
  const drops = recogniseCommand(text) === 'cancel' || dropsBooking(text);
  if (drops && (state.at !== 'waiting' || dropsBooking(text))) return askLeaving(turn, state);
  return takeWish(turn, state, state.appointmentId, text);
}

/** There "mau zoom" is an answer. */
const NAMES_KIND: ReadonlySet<BookingState['at']> = new Set(['kind', 'means']);

const AGAIN =
  /^(?:(?:halo|eh|pak|bu|min|saya|kami|sy)[ ,]+)*(?:mau|ingin|pengen|minta|mohon|buat|bikin|book)(?: (?:buat|ajukan|jadwalkan|booking|jadwal|untuk|a))*(?: (?:kunjungan|berkunjung|audiensi|tatap muka|vicon|video ?conference|konferensi video|zoom|visit))(?: (?:lagi|baru|dong|ya|pak|bu|min|dulu|juga|again))*[.!? ]*$/iu;

async function underWay(turn: Turn, state: BookingState): Promise<Outcome> {
  if (state.appointmentId === undefined) turn.say(turn.t('booking:underWayDraft'));
  else {
    const { ticketNumber: number } = await getOwnAppointment(turn.services, state.appointmentId);
    turn.say(turn.t('booking:underWay', { number }));
  }
  return ask(turn, state);
}

async function takeWish(
  turn: Turn,
  state: BookingState,
  id: string,
  text: string,
): Promise<Outcome | undefined> {
  const hasTimes = TIMED.has(state.at);
  switch (bookingWish(text)) {
    case 'list':
      // The summary that is asked under says all of it.
      if (state.at !== 'confirm') turn.say(describe(turn, await getOwnAppointment(turn.services, id)));
      return ask(turn, state);
    case 'late':
      return saysLate(text) ? late(turn, state, id, text) : undefined;
    case 'move':
      return hasTimes && !readWish(text, turn.now) ? offerSessions(turn, state, { others: true }) : undefined;
    case 'guests':
      return GUESTED.has(state.at) ? askGuests(turn, { ...state, guests: [] }) : undefined;
    default:
      return undefined;
  }
}

/** While a time is being moved the agreed one stands, and that is what somebody is late for. */
async function late(turn: Turn, state: BookingState, id: string, text: string): Promise<Outcome> {
  const { state: stands, ticketNumber: number } = await getOwnAppointment(turn.services, id);
  if (stands === 'scheduled')
    return { do: 'replace', dialog: 'my-bookings', options: { wish: 'late', text } };
  turn.say(turn.t('booking:mine.notNow', { number }));
  return ask(turn, state);
}

const GUESTED: ReadonlySet<BookingState['at']> = new Set(['confirm', 'guests', 'position']);
const TIMED: ReadonlySet<BookingState['at']> = new Set(['sessions', 'waiting', ...GUESTED]);

/** "Bisa pindah ke Senin jam 2?", "ganti hari", "waktu lain": said where no time is asked for. */
export function asksOtherTime(text: string): boolean {
  return text.length <= LONGEST && speaksOfTime(`${text} `) && OTHERWISE.test(text);
}

const LONGEST = 160;
const OTHERWISE =
  /\b(?:pindah\w*|ganti\w*|diganti|lain(?:nya)?|bisa\w*|geser|ubah|undur\w*|mundur\w*|majukan|jadi|saja|aja|another|other|instead|change|move|could)\b/iu;

/** Running late is no time to choose. */
export function isAnswerHere(text: string): boolean {
  const wish = bookingWish(text);
  return wish !== 'late' && wish !== 'list';
}
