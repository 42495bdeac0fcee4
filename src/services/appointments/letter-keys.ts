import type { RequestLetter } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

/**
 * What makes a letter the same letter (R-C6): its bytes, or its number and sender however they are spelt.
 * @throws DomainError not-found when its file does not exist
 */
export async function letterKeys(
  { models }: ServiceContext,
  { file, number, sender }: Pick<RequestLetter, 'file' | 'number' | 'sender'>,
): Promise<string[]> {
  const stored = await models.files.findById(file.fileId, { sha256: 1 }).lean();
  if (!stored) throw new DomainError('not-found');
  const numbered = plain(number) === '' ? [] : [`number:${plain(number)}:${plain(sender)}`];
  return [`file:${stored.sha256}`, ...numbered];
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
