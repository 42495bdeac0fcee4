import type { Appointment } from '../../models/appointment.js';
import { startOf } from '../appointments/session-times.js';
import { findByVisitCode } from '../appointments/visit-code.js';
import type { ServiceContext } from '../service-context.js';
import { searchTermsFor, searchTermsOf } from '../tickets/search-terms.js';
import { LISTED } from './list-day.js';
import { summariseVisits, type VisitSummary } from './visit-view.js';

/** Four a day (R-C3): more than half a year of full days. */
const MOST_COMING = 600;
const MOST_FOUND = 20;
const TICKET_NUMBER = /^[A-Z]{2,10}-\d{4}-\d{6,9}$/;

/**
 * What the reception looks for: a scanned code (R-C7) or a ticket number finds that visit, however it stands; words find those of
 * today and to come by the names of guests, who asked, agency and region.
 */
export async function findVisits(
  context: ServiceContext,
  { q, now }: { q: string; now: Date },
): Promise<VisitSummary[]> {
  const one = (await findByVisitCode(context, q)) ?? (await findByNumber(context, q));
  return summariseVisits(context, one ? [one] : await findByWords(context, q, now), now);
}

async function findByNumber({ models }: ServiceContext, q: string): Promise<Appointment | null> {
  const number = q.trim().toUpperCase();
  if (!TICKET_NUMBER.test(number)) return null;
  const ticket = await models.tickets.findOne({ number }, { _id: 1 }).lean();
  return ticket && models.appointments.findOne({ ticketId: ticket._id, kind: 'visit' }).lean();
}

async function findByWords(context: ServiceContext, q: string, now: Date): Promise<Appointment[]> {
  const wanted = searchTermsFor(q);
  if (wanted.length === 0) return [];
  const { models, reference } = context;
  const { calendar } = reference;
  const today = startOf(calendar, calendar.dateOf(now), '00:00');
  const coming = await models.appointments
    .find({
      kind: 'visit',
      state: { $in: [...LISTED] },
      'agreed.startsAt': { $gte: today },
    })
    .sort({ 'agreed.startsAt': 1, _id: 1 })
    .limit(MOST_COMING)
    .lean();
  const has = (visit: Appointment): boolean => {
    const terms = new Set(termsOf(visit));
    return wanted.every((term) => terms.has(term));
  };
  return coming.filter(has).slice(0, MOST_FOUND);
}

function termsOf({ ticketNumber, who, guests }: Appointment): string[] {
  const names = [who.name, ...guests.map(({ name }) => name)];
  return names.flatMap((name) =>
    searchTermsOf(ticketNumber, { name, agency: `${who.agency} ${who.regionName ?? ''}` }),
  );
}
