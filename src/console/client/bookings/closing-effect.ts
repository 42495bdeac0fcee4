import type { BookingCalendar, CalendarEntry } from '../api/types/appointments.js';
import { instantOf } from './wib-input.js';

export interface ClosingDraft {
  /** yyyy-MM-dd. */
  date: string;
  /** Code; '' for every room. */
  room: string;
  /** HH:mm in WIB; '' for the whole day. */
  from: string;
  to: string;
}

/** Who is booked there and would be given another time. */
export function displacedBy(
  { entries }: Pick<BookingCalendar, 'entries'>,
  { date, room, from, to }: ClosingDraft,
): CalendarEntry[] {
  if (date === '') return [];
  const start = Date.parse(instantOf(date, from || '00:00'));
  const end = to ? Date.parse(instantOf(date, to)) : Date.parse(instantOf(date, '00:00')) + 86_400_000;
  return entries.filter(
    (entry) =>
      !entry.held &&
      entry.state === 'scheduled' &&
      (room === '' || entry.room.code === room) &&
      Date.parse(entry.startsAt) < end &&
      Date.parse(entry.endsAt) > start,
  );
}
