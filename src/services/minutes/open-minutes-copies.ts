import { DomainError } from '../../shared/errors.js';
import { openFile, type OpenedFile } from '../files/open-file.js';
import type { ServiceContext } from '../service-context.js';

/**
 * R-C8: the BAK of a booking twice in one PDF, to be signed by guest and consultant. Whether the reader may have it is the
 * caller's question.
 * @throws DomainError not-found before it is made
 */
export async function openMinutesCopies(context: ServiceContext, ticketId: string): Promise<OpenedFile> {
  const minutes = await context.models.minutes.findOne({ ticketId }).sort({ revision: -1 }).lean();
  if (minutes?.copiesFileId === undefined) throw new DomainError('not-found');
  return openFile(context, minutes.copiesFileId);
}
