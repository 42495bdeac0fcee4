import type { BookingCalendar, CalendarEntry, ClosedSession } from '../api/types/appointments.js';
import { t } from '../text/text.js';

/** The grid knows no zone: it is given, and gives back, the wall-clock time in WIB as if it were UTC (R-T1). */
const OFFSET = 7 * 3_600_000;
const DAY = 86_400_000;

export function toGrid(iso: string): string {
  return new Date(Date.parse(iso) + OFFSET).toISOString();
}

export function fromGrid(gridTime: Date): string {
  return new Date(gridTime.getTime() - OFFSET).toISOString();
}

/** What the grid draws: bookings, and behind them what is closed. */
export interface GridEvent {
  id: string;
  start: string;
  end: string;
  title: string;
  classNames: string[];
  display?: 'background';
  /** May be dragged to another time. */
  startEditable?: boolean;
  /** Focusable, opens the booking. */
  interactive?: boolean;
}

export interface CalendarFilter {
  /** Code of a room; '' for all. */
  room: string;
  /** '' for all, `none` for bookings that nobody holds. */
  consultant: string;
}

/** @param mayMove whether the reader plans at all */
export function gridEvents(
  { entries, daysOff, closed }: BookingCalendar,
  filter: CalendarFilter,
  mayMove: boolean,
): GridEvent[] {
  return [
    ...entries.filter((entry) => isShown(entry, filter)).map((entry) => bookingEvent(entry, mayMove)),
    ...daysOff.filter(({ name }) => name !== null).map(dayOffEvent),
    ...closed
      .filter(({ room }) => filter.room === '' || room === null || room === filter.room)
      .map(closedEvent),
  ];
}

function isShown({ room, consultant }: CalendarEntry, filter: CalendarFilter): boolean {
  if (filter.room !== '' && room.code !== filter.room) return false;
  if (filter.consultant === '') return true;
  return filter.consultant === 'none' ? consultant === null : consultant?.id === filter.consultant;
}

function bookingEvent(entry: CalendarEntry, mayMove: boolean): GridEvent {
  const { id, held, startsAt, endsAt, name, agency, room, consultant, state, kind } = entry;
  const words = [name, agency, room.name, consultant?.name].filter(Boolean).join(' · ');
  return {
    id: held ? `${id}:held` : id,
    ...{ start: toGrid(startsAt), end: toGrid(endsAt) },
    title: held ? `${t('bookings.sign.held')}: ${words}` : words,
    classNames: ['grid-booking', `grid-${kind}`, held ? 'grid-held' : `grid-${state}`],
    startEditable: mayMove && !held && state === 'scheduled',
    interactive: true,
  };
}

function dayOffEvent({ date, name }: { date: string; name: string | null }): GridEvent {
  return {
    id: `off:${date}`,
    start: `${date}T00:00:00Z`,
    end: new Date(Date.parse(date) + DAY).toISOString(),
    ...{ title: name ?? '', classNames: ['grid-off'], display: 'background' },
  };
}

function closedEvent({ id, startsAt, endsAt, reason }: ClosedSession): GridEvent {
  return {
    id: `closed:${id}`,
    ...{ start: toGrid(startsAt), end: toGrid(endsAt) },
    ...{ title: reason, classNames: ['grid-closed'], display: 'background' },
  };
}
