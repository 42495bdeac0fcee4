import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import { openFile, type OpenedFile } from '../files/open-file.js';
import { openMinutesCopies } from '../minutes/open-minutes-copies.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { viewVisit, type VisitView } from './visit-view.js';

/** One visit with what the reader may do. @throws DomainError not-found for anything but a visit */
export async function getVisit(
  context: ServiceContext,
  { id, actor, now }: { id: string; actor: Actor; now: Date },
): Promise<VisitView> {
  return viewVisit(context, await readVisit(context, id), { actor, now });
}

/** @throws DomainError not-found for anything but a visit */
export async function readVisit({ models }: ServiceContext, id: string): Promise<Appointment> {
  const found = await models.appointments.findById(id).lean();
  if (found?.kind !== 'visit') throw new DomainError('not-found');
  return found;
}

/** A signature of the attendance list (R-C9). @throws DomainError not-found */
export async function openSignature(
  context: ServiceContext,
  { id, fileId }: { id: string; fileId: string },
): Promise<OpenedFile> {
  const { visit } = await readVisit(context, id);
  if (!visit?.attendance.some(({ signatureFileId }) => signatureFileId === fileId)) {
    throw new DomainError('not-found');
  }
  return openFile(context, fileId);
}

/** The BAK in two copies, to be signed by both (R-C8). @throws DomainError not-found before it is there */
export async function openVisitMinutes(context: ServiceContext, id: string): Promise<OpenedFile> {
  const { ticketId } = await readVisit(context, id);
  return openMinutesCopies(context, ticketId);
}
