import type { Appointment, AppointmentState } from '../../models/appointment.js';
import { BOOKING_KINDS, OPEN_STATUSES } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { ownedBy, type TicketOwner } from '../tickets/find-user-tickets.js';

/** What a user can still do something about. */
const OPEN: readonly AppointmentState[] = ['awaiting-letter', 'planning', 'scheduled', 'under-way'];

export function isOwnOpen({ state }: Pick<Appointment, 'state'>): boolean {
  return OPEN.includes(state);
}

/** More are not listed; nobody has so many open at once. */
const MOST = 20;

/** The appointment that a dialog has made or found. @throws DomainError not-found */
export async function getOwnAppointment({ models }: ServiceContext, id: string): Promise<Appointment> {
  const found = await models.appointments.findById(id).lean();
  if (!found) throw new DomainError('not-found');
  return found;
}

/** The user's open bookings, oldest first: those of this conversation and of their others. */
export async function findOwnAppointments(
  { models }: ServiceContext,
  owner: TicketOwner,
): Promise<Appointment[]> {
  const tickets = await models.tickets
    .find({ ...ownedBy(owner), kind: { $in: [...BOOKING_KINDS] }, status: { $ne: 'closed' } }, { _id: 1 })
    .sort({ _id: -1 })
    .limit(MOST)
    .lean();
  return models.appointments
    .find({ ticketId: { $in: tickets.map(({ _id }) => _id) }, state: { $in: [...OPEN] } })
    .sort({ _id: 1 })
    .lean();
}

/** What there is to tell about a booking, and whether a person speaks with the user. */
export async function appointmentNews(
  { models }: ServiceContext,
  { id, conversationId }: { id: string; conversationId: string },
): Promise<{ appointment: Appointment; withPerson: boolean } | undefined> {
  const [appointment, conversation] = await Promise.all([
    models.appointments.findById(id).lean(),
    models.conversations.findById(conversationId, { holder: 1 }).lean(),
  ]);
  return appointment ? { appointment, withPerson: conversation?.holder === 'staff' } : undefined;
}

/** Who brings a letter; `email` only as far as their mail server vouches for it. */
export interface LetterBringer extends TicketOwner {
  email: string | null;
}

/** R-B1: requests whose letter is still to come, of this user; by letter also of whoever gave this e-mail address. */
export async function findAwaitingLetter(
  { models }: ServiceContext,
  { email, ...owner }: LetterBringer,
): Promise<Appointment[]> {
  const owners = [ownedBy(owner), ...(email === null ? [] : [{ 'profile.email': email }])];
  const tickets = await models.tickets
    .find({ $or: owners, kind: { $in: [...BOOKING_KINDS] }, status: { $in: [...OPEN_STATUSES] } }, { _id: 1 })
    .sort({ _id: -1 })
    .limit(MOST)
    .lean();
  return models.appointments
    .find({ ticketId: { $in: tickets.map(({ _id }) => _id) }, state: 'awaiting-letter' })
    .sort({ _id: 1 })
    .lean();
}

/**
 * The request whose letter was announced to come under this number. Numbers run on, so anybody can guess one: `own` says whether
 * the letter comes from whom the request is known to be of.
 */
export async function findAwaitingByNumber(
  { models }: ServiceContext,
  ticketNumber: string,
  { conversationId, contactId, email }: LetterBringer,
): Promise<{ id: string; own: boolean } | undefined> {
  const ticket = await models.tickets
    .findOne({ number: ticketNumber }, { conversationId: 1, contactId: 1, profile: 1 })
    .lean();
  const awaiting =
    ticket && (await models.appointments.findOne({ ticketId: ticket._id, state: 'awaiting-letter' }).lean());
  if (!awaiting) return undefined;
  const own =
    ticket.conversationId === conversationId ||
    (contactId !== null && ticket.contactId === contactId) ||
    (email !== null && ticket.profile.email?.toLowerCase() === email.toLowerCase());
  return { id: awaiting._id, own };
}
