import {
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalEventData,
} from 'ical-generator';
import { loadTexts, type Translate } from '../../shared/i18n.js';
import { clipText } from '../clip-text.js';
import type { CalendarFileData } from './calendar-file-data.js';

const texts = loadTexts();

const LONGEST_LINE = 120;
const LONGEST_PURPOSE = 500;

/**
 * A calendar file (.ics) that puts the appointment into a calendar, moves it there or takes it out; the same data always gives
 * the same bytes. Times are written in UTC, which every calendar shows in its own zone.
 */
export function renderCalendarFile(data: CalendarFileData): Buffer {
  const cancelled = data.method === 'CANCEL';
  const calendar = new ICalCalendar({
    prodId: { company: 'DJPK', product: 'Dering' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
    events: [eventOf(data, cancelled, texts.for(data.language))],
  });
  return Buffer.from(`${calendar.toString()}\r\n`);
}

function eventOf(data: CalendarFileData, cancelled: boolean, t: Translate): ICalEventData {
  const { id, sequence, madeAt, startsAt, endsAt, guest, kind, number } = data;
  const link = webAddress(data.link);
  return {
    ...{ id, sequence, stamp: madeAt, start: startsAt, end: endsAt },
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: `${t(`booking-papers:calendar.title.${kind}`)} (${number})`,
    location: plain(data.place, LONGEST_LINE),
    description: description({ ...data, link }, t),
    organizer: { name: t('booking-papers:calendar.organiser'), email: data.organiser },
    ...(link === null ? {} : { url: link }),
    // Nobody reads answers to it: moving and cancelling are done in the chat.
    attendees: guest
      ? [
          {
            ...{ name: plain(guest.name.replaceAll('"', ''), LONGEST_LINE), email: guest.email },
            ...{ rsvp: false, status: ICalAttendeeStatus.ACCEPTED },
          },
        ]
      : [],
  };
}

function description({ number, purpose, code, link, kind }: CalendarFileData, t: Translate): string {
  const line = (name: string, words: Record<string, string>): string =>
    t(`booking-papers:calendar.${name}`, words);
  return [
    line('number', { number }),
    line('purpose', { purpose: plain(purpose, LONGEST_PURPOSE) }),
    ...(code === null ? [] : [line('code', { code })]),
    ...(link === null ? [] : [line('link', { url: link })]),
    t(`booking-papers:mail.prepare.${kind}`),
  ].join('\n');
}

/** On one line and without signs that end a line or turn the reading direction. */
function plain(text: string, most: number): string {
  return clipText(text.replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, ' '), most);
}

/** With what the format would escape written as an address may have it. */
function webAddress(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return ['https:', 'http:'].includes(protocol) ? href.replaceAll(';', '%3B').replaceAll(',', '%2C') : null;
}
