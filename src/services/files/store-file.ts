import type { Readable } from 'node:stream';
import type { FileReference } from '../../models/message.js';
import type { StoredFile } from '../../models/stored-file.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { BlobTooLargeError, type BlobDraft } from './blob-store.js';
import { cleanFileName, extensionOf } from './clean-file-name.js';
import { ALLOWED_EXTENSIONS, type FileType } from './file-types.js';
import { sniffType } from './sniff-type.js';

export interface StoreFileInput {
  content: Readable | Uint8Array;
  /** As the sender named it. */
  name: string;
  conversationId: string | null;
  /** Handed out with its visit or letter only. */
  paperOf?: StoredFile['paperOf'];
  now: Date;
}

/**
 * Stores a file by its content if it is one that people may send; its type is what its bytes are. Nothing of a refused
 * file stays on disk.
 * @throws DomainError file-too-large, file-empty, file-type-refused; file-name-mismatch when its name promises
 * something that its bytes are not
 */
export async function storeFile(context: ServiceContext, input: StoreFileInput): Promise<FileReference> {
  const draft = await receive(context, input.content);
  try {
    if (draft.size === 0) throw new DomainError('file-empty');
    const type = await typeOf(draft, input.name);
    await draft.keep();
    return await register(context, input, draft, type);
  } finally {
    await draft.discard();
  }
}

async function receive(
  { blobs, config }: ServiceContext,
  content: StoreFileInput['content'],
): Promise<BlobDraft> {
  try {
    return await blobs.receive(content, config.maxFileBytes);
  } catch (error) {
    if (!(error instanceof BlobTooLargeError)) throw error;
    throw new DomainError('file-too-large', { megabytes: config.maxFileBytes / 1_000_000 }, { cause: error });
  }
}

async function typeOf({ path }: BlobDraft, name: string): Promise<FileType> {
  const extension = extensionOf(name);
  const type = await sniffType(path, extension);
  if (type) return type;
  throw new DomainError(ALLOWED_EXTENSIONS.has(extension) ? 'file-name-mismatch' : 'file-type-refused');
}

async function register(
  { models, newId }: ServiceContext,
  { name, conversationId, paperOf, now }: StoreFileInput,
  { sha256, size }: BlobDraft,
  { mimeType, extensions }: FileType,
): Promise<FileReference> {
  const fileId = newId();
  const cleaned = cleanFileName(name, extensions, ALLOWED_EXTENSIONS);
  await models.files.create({
    _id: fileId,
    sha256,
    name: cleaned,
    mimeType,
    size,
    conversationId,
    ...(paperOf === undefined ? {} : { paperOf }),
    createdAt: now,
  });
  return { fileId, name: cleaned, mimeType, size };
}
