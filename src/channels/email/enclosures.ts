import type { InboundContent } from '../../conversation/channel.js';
import { refusedFileReason } from '../../conversation/refused-file-reason.js';
import { DomainError } from '../../shared/errors.js';
import type { Enclosure, Letter } from './parse.js';
import type { EmailPorts } from './types.js';

/** Pictures inside the text below this many bytes are logos and icons; a screenshot is larger. */
const MAX_LOGO_BYTES = 40_000;

/** More files than this of one letter are not taken; the letter's note tells the agent. */
const MAX_FILES = 20;

/**
 * What a letter brings besides its words, as messages; what the office does not take becomes a `refused-file`, which the
 * bot explains.
 * @returns also how many pictures of signatures and how many surplus files were left out
 */
export async function takeEnclosures(
  letter: Letter,
  complete: boolean,
  ports: Pick<EmailPorts, 'storeFile' | 'clock'>,
): Promise<{ contents: InboundContent[]; logos: number; surplus: number }> {
  const contents: InboundContent[] = [];
  if (letter.encrypted) return { contents: [{ kind: 'unsupported', what: 'other' }], logos: 0, surplus: 0 };
  if (letter.hasWinmail) contents.push({ kind: 'refused-file', name: 'winmail.dat', reason: 'unreadable' });
  if (!complete) {
    // The files of a letter that was not fetched to its end are not whole.
    contents.push({ kind: 'refused-file', name: letter.subject || 'e-mail', reason: 'too-large' });
    return { contents, logos: 0, surplus: 0 };
  }
  const files = letter.enclosures.filter((file) => !isLogo(file));
  for (const file of files.slice(0, MAX_FILES)) contents.push(await store(file, ports));
  return {
    contents,
    logos: letter.enclosures.length - files.length,
    surplus: Math.max(0, files.length - MAX_FILES),
  };
}

function isLogo({ inline, bytes }: Enclosure): boolean {
  return inline && bytes.byteLength < MAX_LOGO_BYTES;
}

async function store(
  { name, bytes }: Enclosure,
  { storeFile, clock }: Pick<EmailPorts, 'storeFile' | 'clock'>,
): Promise<InboundContent> {
  try {
    return { kind: 'file', ...(await storeFile({ content: bytes, name, now: clock.now() })) };
  } catch (error) {
    const reason = error instanceof DomainError ? refusedFileReason(error.code) : undefined;
    if (reason === undefined) throw error;
    return { kind: 'refused-file', name, reason };
  }
}
