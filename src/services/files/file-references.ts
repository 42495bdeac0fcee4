import type { FileReference } from '../../models/message.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

/**
 * Stored files as a message shows them, in the order asked for.
 * @throws DomainError not-found when one of them does not exist
 */
export async function fileReferences(
  { models }: ServiceContext,
  fileIds: readonly string[],
): Promise<FileReference[]> {
  if (fileIds.length === 0) return [];
  const files = await models.files.find({ _id: { $in: [...fileIds] } }).lean();
  const byId = new Map(files.map((file) => [file._id, file]));
  return fileIds.map((fileId) => {
    const file = byId.get(fileId);
    if (!file) throw new DomainError('not-found');
    return { fileId, name: file.name, mimeType: file.mimeType, size: file.size };
  });
}
