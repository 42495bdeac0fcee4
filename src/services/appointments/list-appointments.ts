import { DateTime } from 'luxon';
import type { Appointment } from '../../models/appointment.js';
import type { Filter } from '../../models/query.js';
import { BOOKING_KINDS } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import { decodeCursor, pageOf, type Page } from '../paging/cursor.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole } from '../staff/authorise.js';
import { searchTermsFor } from '../tickets/search-terms.js';
import { unitOf } from './allowed-steps.js';
import { summariseAppointments, type AppointmentSummary } from './appointment-view.js';

/**
 * planning: to be given a time, what lies longest first · waiting: the waiting list in its order · scheduled: by its time ·
 * today: all that has its time today · over: took place, its BAK is to be written · closed: the latest end first.
 */
export const APPOINTMENT_VIEWS = ['planning', 'waiting', 'scheduled', 'today', 'over', 'closed'] as const;
export type AppointmentListView = (typeof APPOINTMENT_VIEWS)[number];

interface ListAppointmentsInput {
  actor: Actor;
  view: AppointmentListView;
  /** One unit; left out: all of them, for a unit's people their own. */
  unit?: string | undefined;
  /** Beginning of a number, or of words of the name or the agency. */
  q?: string | undefined;
  cursor?: string | undefined;
  /** 1 to 100. */
  limit: number;
  now: Date;
}

/**
 * A page of a view.
 * @throws DomainError not-allowed for another unit; invalid-input for a foreign cursor
 */
export async function listAppointments(
  context: ServiceContext,
  input: ListAppointmentsInput,
): Promise<Page<AppointmentSummary>> {
  const { view, limit, cursor = '', now } = input;
  const order = ORDERS[view];
  const filters = await Promise.all([readableBy(context, input), searchOf(context, input.q ?? '')]);
  const found = await context.models.appointments
    .find({ $and: [viewFilter(view, now), ...filters, after(order, cursor)] }, { thread: 0 })
    .sort({ [order.path]: order.way, _id: order.way })
    .limit(limit + 1)
    .lean();
  const { items, next } = pageOf(found, limit, (last) => ({ id: last._id, at: order.of(last) ?? now }));
  return { items: await summariseAppointments(context, items, now), next };
}

/**
 * What somebody may see in lists: the contact centre everything, people of a unit what their unit has (R-E3).
 * @throws DomainError not-allowed for another unit, or without one
 */
export async function readableBy(
  context: ServiceContext,
  { actor, unit }: { actor: Actor; unit?: string | undefined },
): Promise<Filter<Appointment>> {
  if (hasRole(actor, 'agent', 'supervisor', 'administrator')) {
    return unit === undefined ? {} : { unitCode: unit };
  }
  const own = await unitOf(context, actor);
  if (own === null || (unit !== undefined && unit !== own)) throw new DomainError('not-allowed');
  return { unitCode: own };
}

interface Order {
  path: string;
  way: 1 | -1;
  of: (appointment: Omit<Appointment, 'thread'>) => Date | undefined;
}

const BY_TIME: Order = { path: 'agreed.startsAt', way: 1, of: ({ agreed }) => agreed?.startsAt };
const ORDERS: Readonly<Record<AppointmentListView, Order>> = {
  planning: { path: 'updatedAt', way: 1, of: ({ updatedAt }) => updatedAt },
  waiting: { path: 'waiting.since', way: 1, of: ({ waiting }) => waiting?.since },
  ...{ scheduled: BY_TIME, today: BY_TIME, over: BY_TIME },
  closed: { path: 'updatedAt', way: -1, of: ({ updatedAt }) => updatedAt },
};

function viewFilter(view: AppointmentListView, now: Date): Filter<Appointment> {
  switch (view) {
    case 'planning':
      return { state: { $in: ['planning', 'awaiting-letter'] } };
    case 'waiting':
      return { 'waiting.since': { $type: 'date' }, state: { $in: ['planning', 'scheduled'] } };
    case 'scheduled':
      return { state: { $in: ['scheduled', 'under-way'] } };
    case 'today': {
      const day = DateTime.fromJSDate(now, { zone: SERVICE_ZONE }).startOf('day');
      const within = { $gte: day.toJSDate(), $lt: day.plus({ days: 1 }).toJSDate() };
      return { 'agreed.startsAt': within, state: { $in: [...HAS_ITS_TIME] } };
    }
    case 'over':
      return { state: 'over' };
    case 'closed':
      return { state: { $in: ['done', 'cancelled', 'no-show', 'declined'] } };
  }
}

/** States in which the agreed time is one that is or was kept for it. */
export const HAS_ITS_TIME = ['scheduled', 'under-way', 'over', 'done', 'no-show'] as const;

/** The first condition is what the index begins from, the second leaves out what was already shown. */
function after({ path, way }: Order, cursor: string): Filter<Appointment> {
  if (cursor === '') return {};
  const { id, at } = decodeCursor(cursor, { dated: true });
  const [from, beyond] = way === 1 ? (['$gte', '$gt'] as const) : (['$lte', '$lt'] as const);
  return {
    [path]: { [from]: at },
    $or: [{ [path]: { [beyond]: at } }, { _id: { [beyond]: id } }],
  };
}

/** More than these nobody reads through: a longer word finds fewer. */
const MOST_FOUND = 300;

/** By the words that its ticket is found by. */
async function searchOf({ models }: ServiceContext, q: string): Promise<Filter<Appointment>> {
  if (q.trim() === '') return {};
  const terms = searchTermsFor(q.replace(/^\s*djpk-\d*-?/i, ''));
  if (terms.length === 0) return { _id: { $in: [] } };
  const tickets = await models.tickets
    .find(
      { kind: { $in: [...BOOKING_KINDS] }, $and: terms.map((term) => ({ searchTerms: term })) },
      { _id: 1 },
    )
    .sort({ _id: -1 })
    .limit(MOST_FOUND)
    .lean();
  return { ticketId: { $in: tickets.map(({ _id }) => _id) } };
}
