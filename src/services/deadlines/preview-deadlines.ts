import { OPEN_STATUSES } from '../../models/ticket.js';
import type { OfficeHours } from '../../shared/working-time.js';
import { decodeCursor, pageOf, type Page } from '../paging/cursor.js';
import { calendarOf } from '../settings/calendar-of.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import type { Clocks } from './clocks.js';
import { countDeadline, type DeadlineRules } from './count-deadline.js';
import { promisedDate } from './promised-date.js';

/** How many tickets a page shows. */
const PAGE = 20;

/** What an administrator is about to save; a day off that moves is one to add and one to remove. */
export interface RulesDraft {
  addDay?: string | undefined;
  removeDay?: string | undefined;
  hours?: OfficeHours | undefined;
  clocks?: Clocks | undefined;
}

interface MovedTicket {
  number: string;
  from: Date;
  to: Date;
}

export interface DeadlineEffect extends Page<MovedTicket> {
  /** Open tickets that get another date. */
  affected: number;
  /** How many of them get a later one, so that their users are told. */
  later: number;
}

interface PreviewInput {
  actor: Actor;
  draft: RulesDraft;
  /** `next` of the page before. */
  cursor?: string | undefined;
  now: Date;
}

/**
 * What a change would do to open tickets, counted as the change itself would count them; nothing is written.
 * @throws DomainError not-allowed; invalid-input, calendar-without-open-day for a draft that could not be saved
 */
export async function previewDeadlines(
  context: ServiceContext,
  { actor, draft, cursor, now }: PreviewInput,
): Promise<DeadlineEffect> {
  requireRole(actor, 'administrator');
  const after = cursor === undefined ? '' : decodeCursor(cursor, { dated: false }).id;
  const rules = await draftRules(context, draft);
  const open = await context.models.tickets
    .find({ status: { $in: [...OPEN_STATUSES] } }, COUNTED)
    .sort({ _id: 1 })
    .lean();
  const moved = open
    .map((ticket) => ({
      ...{ id: ticket._id, number: ticket.number, from: promisedDate(ticket) },
      to: countDeadline(rules, ticket, now).promisedAt,
    }))
    .filter(({ from, to }) => from.getTime() !== to.getTime());
  const shown = pageOf(
    moved.filter(({ id }) => id > after),
    PAGE,
    ({ id }) => ({ id }),
  );
  return {
    affected: moved.length,
    later: moved.filter(({ from, to }) => to > from).length,
    items: shown.items.map(({ number, from, to }) => ({ number, from, to })),
    next: shown.next,
  };
}

/** The fields a deadline hangs on. */
const COUNTED = {
  ...{ number: 1, kind: 1, status: 1, escalatedAt: 1 },
  ...{ receivedAt: 1, countedFrom: 1, dueAt: 1, deadline: 1 },
};

async function draftRules(
  { models, reference }: ServiceContext,
  { addDay, removeDay, hours, clocks }: RulesDraft,
): Promise<DeadlineRules> {
  const days = await models.nonWorkingDays.find().lean();
  const kept = days.filter(({ _id }) => _id !== removeDay && _id !== addDay);
  const added =
    addDay === undefined ? [] : [{ _id: addDay, name: '', kind: 'national-holiday' as const, decree: null }];
  return {
    calendar: calendarOf(hours ?? reference.calendar.hours, [...kept, ...added]),
    clocks: clocks ?? reference.clocks,
  };
}
