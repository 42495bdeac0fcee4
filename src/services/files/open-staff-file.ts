import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { isVisibleTo } from '../tickets/visible-to.js';
import { openFile, type OpenedFile } from './open-file.js';

/**
 * A file for somebody of the office; those of a complaint or suggestion for whom its ticket is visible to (R-A8, R-E3), and
 * papers of visits and letters at their own doors only.
 * @throws DomainError not-found
 */
export async function openStaffFile(
  context: ServiceContext,
  { fileId, actor }: { fileId: string; actor: Actor },
): Promise<OpenedFile> {
  const opened = await openFile(context, fileId);
  const { matter, paperOf } = opened.file;
  if (paperOf !== undefined) throw new DomainError('not-found');
  if (matter === undefined) return opened;
  const ticket = await context.models.tickets.findOne({ openingKey: matter }).lean();
  if (!ticket || !isVisibleTo(actor, ticket)) throw new DomainError('not-found');
  return opened;
}
