import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import { isOpen, nextOpening, type WorkingCalendar } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment, type Change } from './change-appointment.js';
import { agreedClaims } from './claims.js';
import { findFreeSessions } from './find-free-sessions.js';
import { freedMark } from './notice-marks.js';
import { claiming, placeSession } from './place-session.js';

/** Working minutes for which a freed time is kept for who waited. */
const OFFER_MINUTES = 60;

/** Looked at in one run; who waits further down is reached when those before have been served. */
const MOST_WAITING = 100;

/** Bounds what is remembered of times that were let pass. */
const MOST_OFFERED = 50;

/** No wish is longer than the search. */
const LONGEST_WISH_DAYS = 366;

/**
 * Keeps the first free time that fits for those in the waiting list, in the order of asking, for 60 working minutes; they hear
 * `freed`, and stand at the end of the list until they agree on a time: who lets one pass is offered others. Nothing happens while
 * the office is closed: nobody is told of anything then.
 * @returns those who have a time now
 */
export async function offerFreed(context: ServiceContext, now: Date): Promise<Appointment[]> {
  const { calendar } = context.reference;
  if (!isOpen(calendar, now)) return [];
  const waiting = await context.models.appointments
    .find({ 'waiting.since': { $type: 'date' }, 'waiting.to': { $gte: calendar.dateOf(now) } })
    .sort({ 'waiting.since': 1 })
    .limit(MOST_WAITING)
    .lean();
  const offered: Appointment[] = [];
  for (const appointment of waiting) {
    const after = await offer(context, appointment, now);
    if (after) offered.push(after);
  }
  return offered;
}

async function offer(
  context: ServiceContext,
  appointment: Appointment,
  now: Date,
): Promise<Appointment | null> {
  if (!mayBeOffered(appointment, now)) return null;
  const { _id, waiting } = appointment;
  const { from, to, offered = [] } = waiting;
  const days = Math.min(daysBetween(from, to) + 1, LONGEST_WISH_DAYS);
  const limit = 1 + offered.length;
  const { sessions } = await findFreeSessions(context, { appointment, from, days, limit, now });
  const passed = new Set(offered.map((startsAt) => startsAt.getTime()));
  const session = sessions.find(({ startsAt }) => !passed.has(startsAt.getTime()));
  if (!session || context.reference.calendar.dateOf(session.startsAt) > to) return null;
  try {
    return await claiming(() =>
      changeAppointment(context, {
        ...{ id: _id, by: { kind: 'product' }, now },
        decide: (before) => kept(context, before, session.startsAt, now),
      }),
    );
  } catch (error) {
    // Somebody was faster; the next run looks again.
    if (error instanceof DomainError) return null;
    throw error;
  }
}

type Waiting = Pick<Appointment, 'state' | 'held'> & { waiting: NonNullable<Appointment['waiting']> };

/** Who holds a time is deciding about it. */
function mayBeOffered<T extends Pick<Appointment, 'state' | 'held' | 'waiting'>>(
  appointment: T,
  now: Date,
): appointment is T & Waiting {
  const { state, held, waiting } = appointment;
  return (state === 'planning' || state === 'scheduled') && waiting !== null && (!held || held.until <= now);
}

async function kept(
  context: ServiceContext,
  before: Appointment,
  startsAt: Date,
  now: Date,
): Promise<Change | null> {
  const { calendar } = context.reference;
  if (!mayBeOffered(before, now)) return null;
  const placed = await placeSession(context, { appointment: before, startsAt, byStaff: false, now });
  const { waiting } = before;
  const offered = [...(waiting.offered ?? []), startsAt].slice(-MOST_OFFERED);
  const until = workingMinutesLater(calendar, now, OFFER_MINUTES);
  return {
    set: {
      ...{ held: { ...placed.session, until }, waiting: { ...waiting, since: now, offered } },
      noticed: [...before.noticed, freedMark(until)],
    },
    claims: [...agreedClaims(calendar, before), ...placed.claims],
  };
}

/** @param now within office hours */
function workingMinutesLater(calendar: WorkingCalendar, now: Date, minutes: number): Date {
  let [at, left] = [now, minutes * 60_000];
  for (;;) {
    const time = at.getTime();
    const period = calendar
      .day(calendar.dateOf(at))
      .periods.find(({ from, to }) => from <= time && time < to);
    const end = period?.to ?? time;
    if (end - time >= left) return new Date(time + left);
    left -= end - time;
    at = nextOpening(calendar, new Date(end));
  }
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
