import type { Readable } from 'node:stream';
import type { StoredFile } from '../../models/stored-file.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

export interface OpenedFile {
  file: StoredFile;
  /** Opens the bytes; call it once they are wanted. */
  read: () => Readable;
}

/**
 * A stored file and its bytes. Whether the reader may have them is the caller's question.
 * @throws DomainError not-found
 */
export async function openFile({ models, blobs }: ServiceContext, fileId: string): Promise<OpenedFile> {
  const file = await models.files.findById(fileId).lean();
  if (!file || !(await blobs.has(file.sha256))) throw new DomainError('not-found');
  return { file, read: () => blobs.read(file.sha256) };
}
