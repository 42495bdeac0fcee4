import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { InboundContent } from '../../conversation/channel.js';
import { refusedFileReason } from '../../conversation/refused-file-reason.js';
import { DomainError } from '../../shared/errors.js';
import { ACCOUNT, type TerminalPorts } from './types.js';

/** Stores the file at `path`; one that is missing or not taken becomes a `refused-file`, which the bot explains. */
export async function readUpload(
  { path, caption }: { path: string; caption: string | undefined },
  address: string,
  { storeFile, clock }: Pick<TerminalPorts, 'storeFile' | 'clock'>,
): Promise<InboundContent> {
  const name = basename(path);
  try {
    if (!(await stat(path)).isFile()) return { kind: 'refused-file', name, reason: 'unreadable' };
    const file = await storeFile({
      stream: createReadStream(path),
      name,
      conversationKey: { channel: 'terminal', account: ACCOUNT, address },
      now: clock.now(),
    });
    return { kind: 'file', ...file, ...(caption === undefined ? {} : { caption }) };
  } catch (error) {
    const reason = error instanceof DomainError ? refusedFileReason(error.code) : undefined;
    return { kind: 'refused-file', name, reason: reason ?? 'unreadable' };
  }
}
