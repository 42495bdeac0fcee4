import type { FileReference } from '../../models/message.js';
import { DomainError } from '../../shared/errors.js';
import { fileReferences } from '../files/file-references.js';
import type { ServiceContext } from '../service-context.js';

/**
 * Files that somebody lays before a unit, or a unit gives with its answer; none of a complaint or suggestion (R-A8),
 * no signature and no nota dinas (R-E3).
 * @throws DomainError not-found
 */
export async function escalationFiles(
  context: ServiceContext,
  fileIds: readonly string[],
): Promise<FileReference[]> {
  const files = await fileReferences(context, fileIds);
  const kept = { $type: 'string' as const };
  const confined = { _id: { $in: [...fileIds] }, $or: [{ matter: kept }, { paperOf: kept }] };
  if (files.length > 0 && (await context.models.files.exists(confined))) throw new DomainError('not-found');
  return files;
}
