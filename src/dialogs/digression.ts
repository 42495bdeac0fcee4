import type { Dialog, Interruption, Turn } from '../conversation/dialog.js';
import { understand, type Understanding } from '../language/index.js';
import { isBareRequest } from './complaint/recognise.js';
import type { BookingState } from './booking/draft.js';
import { bookingWish, saysLate, type BookingWish } from './my-bookings/booking-wish.js';
import { greeting } from './main-menu/greeting.js';
import { switchLanguage } from './switch-language.js';

interface Top {
  dialog: Dialog;
  state: unknown;
}

/** Sure enough of an intent to leave a form for a moment; where the user writes freely, more is asked. */
const SURE = 0.75;
const SURE_IN_FREE_TEXT = 0.95;

/** A longer message is an answer, not a request to digress. */
const LONGEST = 120;
const LONGEST_IN_FREE_TEXT = 45;

/** Thanks with more behind them are about the more. */
const LONGEST_THANKS = 30;

/** Who comes back after so long is told where they were. */
const AWAY_MILLISECONDS = 4 * 3600_000;

/** What is filled in here is dropped by "batal" and kept by "menu"; elsewhere both are a way out. */
export const FORMS: ReadonlySet<string> = new Set([
  ...['consultation', 'booking', 'identity', 'complaint', 'unit-question'],
]);

/** These take such words themselves. */
const ABOUT_BOOKINGS: ReadonlySet<string> = new Set(['booking', 'my-bookings']);

const PASS: Interruption = { do: 'pass' };

/** "Sebentar, jam bukanya kapan?" in the middle of a form is answered, and the form goes on. */
export function digression(turn: Turn, text: string, top: Top | undefined): Interruption {
  if (!top || top.dialog.name === 'main-menu' || !takesAside(top)) return PASS;
  const free = isFreeText(top);
  if (text.length > (free ? LONGEST_IN_FREE_TEXT : LONGEST)) return PASS;
  if (!free && FORMS.has(top.dialog.name) && !NOT_ASKED.has(top.dialog.name) && WISH.test(text.trim()))
    return { do: 'reprompt' };
  const wish = bookingWish(text);
  const besides = top.dialog.name === 'booking' ? besideBooking(text, wish, top) : undefined;
  if (besides) return besides;
  if (wish && !free && !ABOUT_BOOKINGS.has(top.dialog.name))
    return { do: 'digress', dialog: 'my-bookings', options: { wish, text } };
  const understood = understand(text, { now: turn.now });
  if (understood.intentConfidence < (free ? SURE_IN_FREE_TEXT : SURE)) return PASS;
  return depart(turn, understood, top);
}

/** Fee and hours, and bookings there are already; what a request is about is for its own dialog once there is one. */
function besideBooking(text: string, wish: BookingWish | undefined, top: Top): Interruption | undefined {
  if (isAboutService(top, text)) return { do: 'digress', dialog: 'service-info', options: { text } };
  if (!wish || !isOfBookings(wish, text)) return undefined;
  if ((top.state as BookingState).appointmentId !== undefined) return PASS;
  return { do: 'digress', dialog: 'my-bookings', options: { wish, text, booking: true } };
}

/** Of the service and not of the matter: fee, hours, address. */
function isAboutService(top: Top, text: string): boolean {
  return isFreeText(top) && text.length <= LONGEST_IN_FREE_TEXT && ABOUT_SERVICE.test(text.trim());
}

const ABOUT_SERVICE =
  /^(?:(?:maaf|eh|oh|tapi|pak|bu|min|apakah|apa|ini|itu|layanan\w*|kunjungan\w*|perlu|harus|ada|berapa|kena)[ ,]+)*(?:biaya\w*|bayar\w*|gratis|tarif\w*|dipungut biaya|jam (?:buka|layanan|kerja|operasional)\w*|buka\w*|alamat\w*|lokasi\w*|is it free|how much)(?: (?:berapa|kah|ya|ga|gak|tidak|kan|sih|pak|bu|min|kapan|jam|dimana|di mana|mana|layanan\w*|kunjungan\w*|nya|is it|does it cost))*[ ?!.]*$/iu;

function isOfBookings(wish: BookingWish, text: string): boolean {
  return wish === 'list' || wish === 'move' || (wish === 'late' && saysLate(text));
}

function depart(turn: Turn, { text, intent, entities }: Understanding, top: Top): Interruption {
  const free = isFreeText(top);
  switch (intent) {
    case 'switch_language':
      switchLanguage(turn, text);
      return { do: 'reprompt' };
    case 'greet':
      return greeted(turn, free);
    case 'thanks':
      if (free || text.length > LONGEST_THANKS) return PASS;
      turn.say(turn.t('common:youAreWelcome'));
      return { do: 'reprompt' };
    case 'service_info':
      if (!QUESTION.test(text) || (free && !THIS_SERVICE.test(text))) return PASS;
      return { do: 'digress', dialog: 'service-info', options: { text } };
    case 'ticket_status':
      if (top.dialog.name === 'ticket-status' || (free && !THIS_SERVICE.test(text))) return PASS;
      return { do: 'digress', dialog: 'ticket-status', options: { number: entities.ticket?.value } };
    case 'talk_to_agent':
      return { do: 'digress', dialog: 'talk-to-agent' };
    case 'complain':
    case 'suggest':
      return complain(text, intent, top);
    default:
      return PASS;
  }
}

/** R-A8. Who is asked for their name may be so for a complaint already. */
function complain(text: string, intent: 'complain' | 'suggest', top: Top): Interruption {
  const asked = top.dialog.name === 'identity' && !isBareRequest(text);
  if (asked || isFreeText(top) || top.dialog.name === 'complaint') return PASS;
  const kind = intent === 'complain' ? 'complaint' : 'suggestion';
  return { do: 'digress', dialog: 'complaint', options: { kind, text } };
}

/** What is wished for is already under way. */
const WISH =
  /^(?:(?:selamat|pagi|siang|sore|malam|halo|pak|bu|min|saya|mau|ingin|minta|mohon)[ ,]+)*(?:konsultasi|berkonsultasi|tanya|bertanya|consultation)(?: (?:lagi|dong|ya|dulu|pak|bu))*[.! ]*$/iu;

const NOT_ASKED: ReadonlySet<string> = new Set(['complaint', 'booking']);

const QUESTION =
  /\?|\b(kapan|berapa|apa|apakah|gimana|bagaimana|dimana|di mana|masih ada|when|how|what|where)\b/iu;

/** In a question about regional finance, only these words speak of the service itself. */
const THIS_SERVICE =
  /\b(?:jam (?:buka|layanan|kerja|operasional)\w*|bukanya|dijawab\w*|jawabannya|petugas\w*|tiket(?: saya)?|status tiket|office hours|opening hours|answered|reply)\b/iu;

/** False where everything that is written goes to people, or is about a person's business with them. */
export function takesAside({ dialog, state }: Top): boolean {
  return !(dialog.name === 'talk-to-agent' || (dialog.name === 'feedback' && isFreeText({ dialog, state })));
}

function greeted(turn: Turn, free: boolean): Interruption {
  const away = turn.now.getTime() - (turn.lastInboundAt?.getTime() ?? 0) > AWAY_MILLISECONDS;
  if (away) turn.say(turn.t('common:goOn', { greeting: greeting(turn) }));
  return away || !free ? { do: 'reprompt' } : PASS;
}

function isFreeText({ dialog, state }: Top): boolean {
  return dialog.freeText?.(state) === true;
}
