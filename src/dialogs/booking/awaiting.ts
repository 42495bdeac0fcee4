import type { Input, Interruption, Turn } from '../../conversation/dialog.js';
import { understand } from '../../language/index.js';
import {
  findAwaitingByNumber,
  findAwaitingLetter,
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
  const { _id: conversationId, vouched } = turn.conversation;
  const email = writesLetters(turn) ? (vouched?.email ?? turn.profile.email ?? null) : null;
  const owner = { conversationId, contactId: turn.contactId, email };
  const [first, ...others] = await findAwaitingLetter(turn.services, owner);
  if (!first) return undefined;
  const given = part.kind === 'file' ? { parts: [part] } : { text: words };
  if (others.length === 0) return { appointmentId: first._id, wish: 'letter', ...given };
  return { among: [first, ...others].map(({ _id }) => _id), ...given };
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
 * A letter that comes by e-mail goes to its request: by the ticket number it names, or by the address it comes from. The
 * number alone tells nothing of the request and is good for nothing else.
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
    const named = number === undefined ? undefined : await findAwaitingByNumber(turn.services, number);
    if (named) return digress({ appointmentId: named._id, wish: 'letter', text: part.text });
    if (!idle || !ANNOUNCED.test(part.text)) return undefined;
  }
  const options = idle ? await letterAwaited(turn, part, part.kind === 'text' ? part.text : '') : undefined;
  return options && digress(options);
}

function digress(options: BookingOptions): Interruption {
  return { do: 'digress', dialog: 'booking', options };
}
