import { DateTime } from 'luxon';
import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Appointment, Session } from '../../models/appointment.js';
import type { Choice } from '../../models/message.js';
import {
  findEarliest,
  findFreeSessions,
  type FreeSessions,
} from '../../services/appointments/find-free-sessions.js';
import { getOwnAppointment } from '../../services/appointments/find-own-appointments.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import { agentChoice } from '../count-miss.js';
import type { BookingState } from './draft.js';
import { fromEarliest, type SessionWish } from './read-wish.js';
import { option, sayDate, sayPeriod } from './say.js';

interface Offer {
  /** Said before the times. */
  lead?: string;
  wish?: SessionWish;
  /** yyyy-MM-dd to begin at. */
  from?: string;
  /** Only times after this start, ISO: the next page. */
  after?: string;
  /** Times the office has proposed are shown first, unless others are asked for. */
  others?: true;
}

/** So many times at once; more are asked for. */
const SHOWN = 6;
/** Among these the ones that fit a wish are looked for. */
const LOOKED_THROUGH = 120;
const DAYS = 90;
/** Of a day that was begun on the page before. */
const MOST_A_DAY = 8;

/** The free times from the earliest allowed day, in words and in both zones (R-B2, R-C1, R-T1); nothing is taken. */
export async function offerSessions(turn: Turn, state: BookingState, offer: Offer = {}): Promise<Outcome> {
  const appointment = await getOwnAppointment(turn.services, state.appointmentId ?? '');
  const proposed = appointment.proposed.filter(({ startsAt }) => startsAt > turn.now);
  if (proposed.length > 0 && !offer.others && !offer.wish && offer.from === undefined)
    return show(turn, state, proposed, [offer.lead ?? turn.t('booking:proposed')], false);
  const { wish, free, fitting } = await search(turn, appointment, offer);
  if (fitting.length === 0 && wish) {
    const reason = whyNone(turn, appointment, free, wish);
    const lead = offer.lead === undefined ? reason : `${offer.lead}\n${reason}`;
    return offerSessions(turn, state, { lead, others: true, ...beginning(wish.from) });
  }
  const first = offer.lead ?? whyLater(turn, appointment, free);
  const earliest = sayDate(turn, free.earliest);
  const question = turn.t(questionOf(offer, first), { earliest });
  const lead = [...(first === undefined ? [] : [first]), ...(fitting.length > 0 ? [question] : [])];
  const full = free.full.some(({ why }) => why !== 'closed');
  return show(turn, state, fitting, lead, full);
}

async function search(
  turn: Turn,
  appointment: Appointment,
  offer: Offer,
): Promise<{ wish: SessionWish | undefined; free: FreeSessions; fitting: Session[] }> {
  const { services, now } = turn;
  const earliest = findEarliest(services, { appointment, now });
  const wish = offer.wish && fromEarliest(offer.wish, earliest);
  const { calendar } = services.reference;
  const after = offer.after === undefined ? undefined : new Date(offer.after);
  const limit = wish ? LOOKED_THROUGH : SHOWN + (after ? MOST_A_DAY : 0);
  const from = wish?.from ?? (after ? calendar.dateOf(after) : offer.from);
  const free = await findFreeSessions(services, { appointment, from, days: daysOf(wish), limit, now });
  const later = free.sessions.filter(({ startsAt }) => after === undefined || startsAt > after);
  const fitting = isTooEarly(wish, earliest) ? [] : later.filter((session) => fits(session, wish));
  return { wish, free, fitting: fitting.slice(0, SHOWN) };
}

function isTooEarly(wish: SessionWish | undefined, earliest: string): boolean {
  return wish?.to !== undefined && wish.to < earliest;
}

function beginning(from: string | undefined): { from?: string } {
  return from === undefined ? {} : { from };
}

function show(
  turn: Turn,
  state: BookingState,
  sessions: readonly Session[],
  lead: readonly string[],
  full: boolean,
): Outcome {
  const none = sessions.length === 0;
  const choices: Choice[] = [
    ...sessions.map((session) => ({
      id: `session:${session.startsAt.toISOString()}`,
      title: sayPeriod(turn, session),
    })),
    ...(none ? [] : [option(turn, 'sessions:other')]),
    ...(full || none ? [option(turn, 'sessions:wait')] : []),
    ...(none ? [agentChoice(turn)] : []),
  ];
  const text = none ? [...lead, turn.t('booking:noSessions')] : lead;
  turn.say(text.join('\n\n'), { choices });
  const last = sessions.at(-1);
  const { next: _, ...rest } = state;
  return {
    do: 'wait',
    state: {
      ...rest,
      at: 'sessions',
      shown: sessions.map(({ startsAt }) => startsAt.toISOString()),
      ...(last ? { next: last.startsAt.toISOString() } : {}),
    },
  };
}

/** The one time that a wish names, when it names one and that is free; otherwise nothing. */
export async function onlyFitting(
  turn: Turn,
  state: BookingState,
  wish: SessionWish,
): Promise<Session | undefined> {
  const appointment = await getOwnAppointment(turn.services, state.appointmentId ?? '');
  const { fitting } = await search(turn, appointment, { wish });
  return wish.earliest || fitting.length === 1 ? fitting[0] : undefined;
}

function fits({ startsAt }: Session, wish: SessionWish | undefined): boolean {
  const at = DateTime.fromJSDate(startsAt, { zone: SERVICE_ZONE });
  const minutes = at.hour * 60 + at.minute;
  return minutes >= (wish?.after ?? 0) && minutes <= (wish?.before ?? Infinity);
}

function daysOf(wish: SessionWish | undefined): number {
  if (wish?.from === undefined || wish.to === undefined) return DAYS;
  return Math.max(1, Math.round((Date.parse(wish.to) - Date.parse(wish.from)) / 86_400_000) + 1);
}

/** R-B2, R-C1, R-C3, R-C4 in plain words: why what was wished for is not to be had. */
function whyNone(turn: Turn, appointment: Appointment, free: FreeSessions, wish: SessionWish): string {
  const earliest = sayDate(turn, free.earliest);
  if (isTooEarly(wish, free.earliest)) return turn.t('booking:refused.session-too-early', { earliest });
  const [full] = free.full;
  if (full && free.sessions.length === 0) {
    const said = { ...inMonth(turn, appointment, full.date), reason: full.name ?? '' };
    return turn.t(`booking:full.${full.why}`, said);
  }
  return turn.t(free.sessions.length > 0 ? 'booking:otherHours' : 'booking:nothingThen');
}

/** "Bulan ini Kabupaten Gowa sudah dua kunjungan; paling awal 1 April": why it begins later than the rule alone allows. */
function whyLater(
  turn: Turn,
  appointment: Appointment,
  { sessions, full }: FreeSessions,
): string | undefined {
  const monthFull = full.find(({ why }) => why === 'region-month-full');
  const [first] = sessions;
  if (!monthFull || !first) return undefined;
  return turn.t('booking:monthFull', {
    ...inMonth(turn, appointment, monthFull.date),
    earliest: sayDate(turn, first.startsAt),
  });
}

/** The region's short name, the date, and its month: "Maret 2026". */
function inMonth(
  turn: Turn,
  { who, regionCode }: Appointment,
  date: string,
): { region: string; date: string; month: string } {
  const region = (who.regionName ?? regionCode ?? who.agency).split(',')[0] ?? '';
  const day = DateTime.fromISO(date, { zone: SERVICE_ZONE, locale: turn.language });
  return { region, date: sayDate(turn, date), month: day.toFormat('LLLL yyyy') };
}

function questionOf({ from, after, wish, lead }: Offer, first: string | undefined): string {
  if ((from ?? after ?? lead) !== undefined || wish) return 'booking:sessionsMore';
  return first === undefined ? 'booking:sessions' : 'booking:sessionsPick';
}
