import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import { openFile, type OpenedFile } from '../files/open-file.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole, requireRole } from '../staff/authorise.js';
import { visibleTo } from '../tickets/visible-to.js';
import { allowedSteps, standingAt, unitOf } from './allowed-steps.js';
import { summariseAppointments, viewAppointment } from './appointment-view.js';
import type { AppointmentSummary, AppointmentView } from './appointment-view.js';

interface ByWhom {
  actor: Actor;
  now: Date;
}

/**
 * One appointment with its history, for the contact centre and the unit that has it (R-E3).
 * @throws DomainError not-found, not-allowed
 */
export async function getAppointment(
  context: ServiceContext,
  { id, actor, now }: ByWhom & { id: string },
): Promise<AppointmentView> {
  const appointment = await readAppointment(context, { id, actor });
  return appointmentView(context, appointment, { actor, now });
}

/** What the reader sees of an appointment at hand, be it that the last step took it out of their sight. */
export async function appointmentView(
  context: ServiceContext,
  appointment: Appointment,
  { actor, now }: ByWhom,
): Promise<AppointmentView> {
  const standing = standingAt(appointment, actor, await unitOf(context, actor));
  const withContact = hasRole(actor, ...CONTACT_CENTRE);
  return viewAppointment(context, appointment, {
    ...{ allowed: allowedSteps(appointment, standing), withContact, now },
  });
}

/**
 * The appointment of a ticket as a list of one; empty for a ticket of another kind.
 * @throws DomainError not-allowed, not-found
 */
export async function listTicketAppointments(
  context: ServiceContext,
  { number, actor, now }: ByWhom & { number: string },
): Promise<{ items: AppointmentSummary[] }> {
  requireRole(actor, ...CONTACT_CENTRE);
  const ticket = await context.models.tickets
    .findOne({ number, $and: [visibleTo(actor)] }, { _id: 1 })
    .lean();
  if (!ticket) throw new DomainError('not-found');
  const found = await context.models.appointments.find({ ticketId: ticket._id }, { thread: 0 }).lean();
  return { items: await summariseAppointments(context, found, now) };
}

/**
 * The request letter of an appointment, for whoever may read it.
 * @throws DomainError not-found, not-allowed
 */
export async function openAppointmentFile(
  context: ServiceContext,
  { id, fileId, actor }: { id: string; fileId: string; actor: Actor },
): Promise<OpenedFile> {
  const { letter } = await readAppointment(context, { id, actor });
  if (letter?.file.fileId !== fileId) throw new DomainError('not-found');
  return openFile(context, fileId);
}

/**
 * An appointment that the reader may see.
 * @throws DomainError not-found, not-allowed
 */
export async function readAppointment(
  context: ServiceContext,
  { id, actor }: { id: string; actor: Actor },
): Promise<Appointment> {
  const appointment = await context.models.appointments.findById(id).lean();
  if (!appointment) throw new DomainError('not-found');
  if (hasRole(actor, ...CONTACT_CENTRE)) return appointment;
  if (standingAt(appointment, actor, await unitOf(context, actor)) === 'none') {
    throw new DomainError('not-allowed');
  }
  return appointment;
}

const CONTACT_CENTRE = ['agent', 'supervisor', 'administrator'] as const;
