import { DomainError } from '../../shared/errors.js';
import { storeFile } from '../files/store-file.js';
import type { ServiceContext } from '../service-context.js';

/** A signature drawn on a tablet has some 5–30 kB. */
const MOST_BYTES = 100_000;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Keeps a signature drawn on the screen (R-C9) and says under which id.
 * @param image PNG in base64
 * @throws DomainError file-too-large, file-type-refused, file-name-mismatch
 */
export async function storeSignature(context: ServiceContext, image: string, now: Date): Promise<string> {
  const content = Buffer.from(image, 'base64');
  if (content.length > MOST_BYTES) throw new DomainError('file-too-large', { megabytes: MOST_BYTES / 1e6 });
  if (!content.subarray(0, PNG.length).equals(PNG)) throw new DomainError('file-type-refused');
  // Of no conversation: it is the office's paper, and nobody's message.
  const { fileId } = await storeFile(context, {
    ...{ content, name: 'tanda-tangan.png', conversationId: null, paperOf: 'visit', now },
  });
  return fileId;
}
