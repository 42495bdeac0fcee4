import { DateTime } from 'luxon';
import type { Appointment, AppointmentState } from '../../models/appointment.js';
import type { ClosedSession } from '../../models/closed-session.js';
import type { BookingKind } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { viewSession, type SessionView } from './appointment-view.js';
import { HAS_ITS_TIME, readableBy } from './list-appointments.js';

/** A time that is taken. */
export interface CalendarEntry extends SessionView {
  id: string;
  ticketNumber: string;
  kind: BookingKind;
  state: AppointmentState;
  /** Only held for the user, not agreed. */
  held: boolean;
  name: string;
  agency: string;
  unitCode: string;
  consultant: { id: string; name: string } | null;
}

export interface BookingCalendar {
  entries: CalendarEntry[];
  /** Days that are not worked, with their name; a weekend has none. */
  daysOff: { date: string; name: string | null }[];
  closed: ClosedSession[];
}

/** A page of a month with its edges. */
const MOST_DAYS = 45;

/**
 * What is agreed and held between two dates (yyyy-MM-dd, both included), and what is closed.
 * @throws DomainError invalid-input for more than 45 days; not-allowed
 */
export async function calendarOf(
  context: ServiceContext,
  { from, to, actor, now }: { from: string; to: string; actor: Actor; now: Date },
): Promise<BookingCalendar> {
  const { models, reference } = context;
  const dates = datesBetween(from, to);
  const start = DateTime.fromISO(from, { zone: SERVICE_ZONE });
  const within = {
    $gte: start.toJSDate(),
    $lt: start.plus({ days: dates.length }).toJSDate(),
  };
  const readable = await readableBy(context, { actor });
  const [agreed, held, closed] = await Promise.all([
    models.appointments
      .find(
        { $and: [{ 'agreed.startsAt': within, state: { $in: [...HAS_ITS_TIME] } }, readable] },
        { thread: 0 },
      )
      .lean(),
    models.appointments
      .find(
        {
          $and: [
            {
              state: { $in: ['planning', 'scheduled'] },
              'held.startsAt': within,
              'held.until': { $gt: now },
            },
            readable,
          ],
        },
        { thread: 0 },
      )
      .lean(),
    models.closedSessions
      .find({ date: { $gte: from, $lte: to } })
      .sort({ date: 1, _id: 1 })
      .lean(),
  ]);
  const entries = [
    ...agreed.flatMap((appointment) => entryOf(context, appointment, appointment.agreed, false)),
    ...held.flatMap((appointment) => entryOf(context, appointment, appointment.held, true)),
  ];
  const daysOff = dates.flatMap((date) => {
    const day = reference.calendar.day(date);
    return day.closed ? [{ date, name: day.closed.name ?? null }] : [];
  });
  return { entries: entries.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()), daysOff, closed };
}

function entryOf(
  context: ServiceContext,
  {
    _id: id,
    ticketNumber,
    kind,
    state,
    who,
    unitCode,
    consultantId,
    consultantName,
  }: Omit<Appointment, 'thread'>,
  session: Appointment['agreed'],
  held: boolean,
): CalendarEntry[] {
  if (!session) return [];
  return [
    {
      ...{ id, ticketNumber, kind, state, held, unitCode, name: who.name, agency: who.agency },
      consultant: consultantId === null ? null : { id: consultantId, name: consultantName ?? '' },
      ...viewSession(context, session),
    },
  ];
}

/** @throws DomainError invalid-input */
function datesBetween(from: string, to: string): string[] {
  const [first, last] = [from, to].map((date) => DateTime.fromISO(date, { zone: 'utc' }));
  if (!first?.isValid) throw new DomainError('invalid-input', { field: 'from' });
  const days = last?.isValid === true ? last.diff(first, 'days').days + 1 : 0;
  if (days < 1 || days > MOST_DAYS) throw new DomainError('invalid-input', { field: 'to' });
  return Array.from({ length: days }, (_, index) => first.plus({ days: index }).toISODate());
}
