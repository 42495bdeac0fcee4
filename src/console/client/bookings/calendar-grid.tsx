import { Calendar, type CalendarOptions } from '@fullcalendar/core';
import indonesian from '@fullcalendar/core/locales/id';
import dayGrid from '@fullcalendar/daygrid';
import interaction from '@fullcalendar/interaction';
import timeGrid from '@fullcalendar/timegrid';
import { useEffect, useRef, type ReactNode } from 'react';
import { currentTime } from '../state/now.js';
import { language } from '../text/text.js';
import type { GridView } from './calendar-dates.js';
import { fromGrid, toGrid, type GridEvent } from './calendar-events.js';
import './calendar-grid.css';

interface CalendarGridProps {
  view: GridView;
  /** yyyy-MM-dd; a day of what is shown. */
  date: string;
  events: readonly GridEvent[];
  /** First and last date shown, yyyy-MM-dd. */
  onRange: (from: string, to: string) => void;
  onOpen: (id: string) => void;
  /** @param putBack draws the booking where it was */
  onDrop: (id: string, startsAt: string, putBack: () => void) => void;
}

/** Offered sessions (R-C3, R-B3) lie on a light ground, other hours on a dark one. */
const SESSIONS = ['09:00-11:00', '13:00-16:00'].map((span) => {
  const [startTime = '', endTime = ''] = span.split('-');
  return { daysOfWeek: [1, 2, 3, 4, 5], startTime, endTime };
});

const CLOCK = { hour: '2-digit', minute: '2-digit', hour12: false } as const;

const FIXED: CalendarOptions = {
  plugins: [dayGrid, timeGrid, interaction],
  timeZone: 'UTC',
  now: () => toGrid(currentTime().toISOString()),
  headerToolbar: false,
  firstDay: 1,
  weekends: false,
  nowIndicator: true,
  allDaySlot: false,
  ...{ slotMinTime: '08:00', slotMaxTime: '17:00', slotDuration: '00:30', snapDuration: '00:30' },
  slotEventOverlap: false,
  businessHours: SESSIONS,
  eventDurationEditable: false,
  displayEventEnd: false,
  // A cell that is named by its number alone hides what is in it.
  dayCellDidMount: ({ el }) => el.removeAttribute('aria-labelledby'),
  ...{ height: 'auto', dayMaxEvents: true },
  ...{ slotLabelFormat: CLOCK, eventTimeFormat: CLOCK },
  longPressDelay: 350,
};

/** The grid of days and hours. What it is given it draws; what is dragged in it is the caller's to decide. */
export function CalendarGrid(props: CalendarGridProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const calendar = useRef<Calendar | null>(null);
  const drag = useRef({ underWay: false, missed: false });
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!place.current) return undefined;
    const made = new Calendar(place.current, {
      ...FIXED,
      ...(language() === 'id' ? { locale: indonesian } : { locale: 'en-gb' }),
      ...{ initialView: latest.current.view, initialDate: latest.current.date },
      events: (_range, done) => done(latest.current.events.map((event) => ({ ...event }))),
      datesSet: ({ start, end }) => latest.current.onRange(dateOf(start), dateOf(end, -1)),
      eventClick: ({ event, jsEvent }) => {
        jsEvent.preventDefault();
        if (event.display !== 'background') latest.current.onOpen(event.id.split(':')[0] ?? '');
      },
      eventDragStart: () => {
        drag.current = { underWay: true, missed: false };
      },
      eventDragStop: () => {
        drag.current.underWay = false;
        if (drag.current.missed) setTimeout(() => made.refetchEvents());
      },
      eventDrop: ({ event }) => {
        if (event.start) latest.current.onDrop(event.id, fromGrid(event.start), () => made.refetchEvents());
      },
    });
    calendar.current = made;
    made.render();
    return () => made.destroy();
  }, []);
  const { view, date, events } = props;
  useEffect(() => {
    calendar.current?.changeView(view, date);
  }, [view, date]);
  useEffect(() => {
    // What is drawn anew slips out of the hand that drags it.
    if (drag.current.underWay) drag.current.missed = true;
    else calendar.current?.refetchEvents();
  }, [events]);
  return <div className="booking-grid" ref={place} />;
}

function dateOf(gridTime: Date, days = 0): string {
  return new Date(gridTime.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
