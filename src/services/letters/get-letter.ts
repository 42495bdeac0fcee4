import { DomainError } from '../../shared/errors.js';
import { openFile, type OpenedFile } from '../files/open-file.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { viewLetter, type LetterView } from './letter-view.js';
import { readableLetter } from './visible-to.js';

interface GetLetterInput {
  id: string;
  actor: Actor;
}

/** One letter for whom it concerns. @throws DomainError not-allowed, not-found */
export async function getLetter(context: ServiceContext, input: GetLetterInput): Promise<LetterView> {
  const { letter, reader } = await readableLetter(context, input);
  return viewLetter(context, letter, reader);
}

/** A paper of a signed letter. @throws DomainError not-allowed, not-found */
export async function openLetterFile(
  context: ServiceContext,
  { fileId, ...input }: GetLetterInput & { fileId: string },
): Promise<OpenedFile> {
  const { letter } = await readableLetter(context, input);
  if (fileId !== letter.pdfFileId && fileId !== letter.docxFileId) throw new DomainError('not-found');
  return openFile(context, fileId);
}
