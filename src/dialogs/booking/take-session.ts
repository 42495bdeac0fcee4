import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { explainRefusal } from '../explain-refusal.js';
import { askLeaving, askWaiting } from './ask-waiting.js';
import type { BookingState } from './draft.js';
import { hold } from './hold.js';
import { missed } from './next-step.js';
import { offerSessions, onlyFitting } from './offer-sessions.js';
import { readWish, type SessionWish } from './read-wish.js';

/** A time by its button, its number, or in free words: "Selasa jam 10", "minggu depan", "yang paling awal". */
export async function takeSession(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  if (input.kind === 'choice') return takeChoice(turn, state, input.choice);
  if (explainRefusal(turn, input)) return { do: 'wait', state };
  if (input.kind !== 'text') return offerSessions(turn, state);
  const { text } = input;
  if (WAIT.test(text)) return askWaiting(turn, state);
  if (OTHER.test(text.trim())) return takeChoice(turn, state, 'sessions:other');
  const wish = readWish(text, turn.now);
  if (wish) return takeWish(turn, state, wish);
  const command = recogniseCommand(text);
  const [only, ...others] = state.shown ?? [];
  const meant = state.again ?? (others.length === 0 ? only : undefined);
  if (command === 'yes' && meant !== undefined) return hold(turn, state, new Date(meant));
  if (command === 'cancel' || command === 'no') return askLeaving(turn, state);
  return missed(turn, state);
}

/** "Jam 10" beside a time that is held is of its day. */
export function aroundHeld(state: BookingState): BookingState {
  return state.held === undefined ? state : { ...state, shown: [state.held] };
}

const WAIT = /\b(?:daftar tunggu|(?:beri|kasih) ?tahu|kabari|waiting list|let me know|notify)\b/iu;
const OTHER =
  /^(?:(?:ada |mau |minta |yang |any )*)(?:hari|waktu|tanggal|jadwal|jam|pilihan|opsi)? ?(?:lain(?:nya)?|berikutnya|selanjutnya|other(?: days?| times?)?|another(?: day| time)?|more|next)\b[ ?!.]*(?:dong|ya|pak|bu|saja|aja|ada|bisa)?[ ?!.]*$/iu;

function takeChoice(turn: Turn, state: BookingState, choice: string): Outcome | Promise<Outcome> {
  if (choice.startsWith('session:')) return hold(turn, state, new Date(choice.slice('session:'.length)));
  if (choice === 'sessions:wait') return askWaiting(turn, state);
  const { next } = state;
  return offerSessions(turn, state, { others: true, ...(next === undefined ? {} : { after: next }) });
}

async function takeWish(turn: Turn, state: BookingState, wish: SessionWish): Promise<Outcome> {
  // "Jam 10" under a list of one day is that day's; a whole wish that only one time fits is that time.
  const single = await onlyFitting(turn, state, withShownDay(turn, state, wish));
  return single ? hold(turn, state, single.startsAt) : offerSessions(turn, state, { wish, others: true });
}

/** The day that is on offer, where only one is and none was named. */
function withShownDay(turn: Turn, { shown = [] }: BookingState, wish: SessionWish): SessionWish {
  const days = [...new Set(shown.map((at) => turn.services.reference.calendar.dateOf(new Date(at))))];
  const [day, ...others] = days;
  if (wish.from !== undefined || wish.earliest || day === undefined || others.length > 0) return wish;
  return { ...wish, from: day, to: day };
}
