import type { Input, Interruption, Turn } from '../../conversation/dialog.js';
import { understand } from '../../language/index.js';
import {
  findAwaitingByNumber,
  findAwaitingLetter,
  type LetterBringer,
} from '../../services/appointments/find-own-appointments.js';
import { writesLetters } from '../letter.js';
import { toPart, type QuestionPart } from '../question-part.js';
import type { BookingOptions } from './begin-booking.js';
import { readLetter } from './read-letter.js';

/** A PDF or picture for a request whose letter is still to come (R-B1, R-C1); undefined where none waits. */
async function letterAwaited(
  turn: Turn,
  part: QuestionPart,
  words = '',
): Promise<BookingOptions | undefined> {
  if (part.kind === 'file' && !isPaper(part)) return undefined;
  const [first, ...others] = await findAwaitingLetter(turn.services, bringer(turn));
  if (!first) return undefined;
  const given = part.kind === 'file' ? { parts: [part] } : { text: words };
  if (others.length === 0) return { appointmentId: first._id, wish: 'letter', ...given };
  return { among: [first, ...others].map(({ _id }) => _id), ...given };
}

/** What somebody writes of themselves, or above a letter as its sender, opens nobody's request. */
function bringer(turn: Turn): LetterBringer {
  const { _id: conversationId, vouched } = turn.conversation;
  const email = writesLetters(turn) ? (vouched?.email ?? null) : null;
  return { conversationId, contactId: turn.contactId, email };
}

/** A file at the menu that is a letter: one that is waited for, or one that says so itself. */
export async function letterSent(
  turn: Turn,
  part: QuestionPart & { kind: 'file' },
): Promise<BookingOptions | undefined> {
  const awaited = await letterAwaited(turn, part);
  if (awaited) return awaited;
  const { caption = '' } = part;
  const { number, date } = readLetter(caption, turn.now);
  const said = REQUEST.test(caption) || (number !== undefined && date !== undefined);
  return said && isPaper(part) ? { parts: [part] } : undefined;
}

const REQUEST =
  /\b(?:surat (?:permintaan|permohonan|audiensi)|audiensi|kunjungan|tatap muka|vicon|video ?conference|konferensi video|request letter)\b/iu;

/** PDF or picture. */
export function isPaper(part: QuestionPart): boolean {
  return part.kind === 'file' && /^(?:application\/pdf|image\/)/u.test(part.file.mimeType);
}

/** Words with which a letter is announced. */
const ANNOUNCED = /\b(?:surat|terlampir|lampir\w*|permintaan|audiensi|letter|attached|enclosed)\b/iu;

/**
 * A letter that comes by e-mail goes to its request by the address it comes from, and by the ticket number it names where there
 * are several. With a number alone it goes to people, who see whose it is: the request stays as it is.
 */
export async function joinByMail(
  turn: Turn,
  input: Input,
  open: string | undefined,
): Promise<Interruption | undefined> {
  if (!writesLetters(turn) || open === 'booking' || open === 'my-bookings') return undefined;
  const part = toPart(input);
  if (!part) return undefined;
  const idle = open === undefined || open === 'main-menu';
  if (part.kind === 'text') {
    const number = understand(part.text, { now: turn.now }).entities.ticket?.value;
    const named =
      number === undefined ? undefined : await findAwaitingByNumber(turn.services, number, bringer(turn));
    if (named?.own) return digress({ appointmentId: named.id, wish: 'letter', text: part.text });
    if (named) return toPeople(turn, open);
    if (!idle || !ANNOUNCED.test(part.text)) return undefined;
  }
  const options = idle ? await letterAwaited(turn, part, part.kind === 'text' ? part.text : '') : undefined;
  return options && digress(options);
}

/** Undefined where people have the conversation already, and where consent is being asked for: the letter is kept for them. */
function toPeople(turn: Turn, open: string | undefined): Interruption | undefined {
  if (open === 'talk-to-agent' || (open === 'main-menu' && !turn.consentAt)) return undefined;
  turn.say(turn.t('booking:letterToMatch'));
  if (turn.consentAt) return { do: 'digress', dialog: 'talk-to-agent' };
  // Before consent the greeting notes the wish for a person: nothing is recorded without the notice (UU 27/2022).
  return {
    do: 'restart',
    dialog: 'main-menu',
    options: { input: { kind: 'choice', choice: 'command:agent' } },
  };
}

function digress(options: BookingOptions): Interruption {
  return { do: 'digress', dialog: 'booking', options };
}
