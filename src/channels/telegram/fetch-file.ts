import { Readable } from 'node:stream';
import type { InboundContent } from '../../conversation/channel.js';
import { refusedFileReason } from '../../conversation/refused-file-reason.js';
import { DomainError } from '../../shared/errors.js';
import type { BotApi } from './bot-api.js';
import { MAX_DOWNLOAD } from './capabilities.js';
import { TelegramFailure } from './failure.js';
import type { AnnouncedFile } from './parse.js';
import type { TelegramPorts } from './types.js';

/** Milliseconds for all attempts: the platform waits for its acknowledgement about a minute. */
const DEADLINE = 40_000;
const PAUSES = [500, 2_000];

type Fetched = Extract<InboundContent, { kind: 'file' | 'refused-file' }>;
type Refusal = Extract<InboundContent, { kind: 'refused-file' }>['reason'];

interface Fetcher {
  api: BotApi;
  ports: Pick<TelegramPorts, 'clock' | 'deadline' | 'maxFileBytes' | 'storeFile' | 'wait'>;
}

/**
 * Fetches an announced file and stores it. One that is not taken, or that Telegram does not hand out in time, becomes a
 * `refused-file`, which the bot explains.
 * @throws Error when the office cannot store it: the update is then not acknowledged.
 */
export async function fetchFile(
  announced: AnnouncedFile,
  address: string,
  { api, ports }: Fetcher,
): Promise<Fetched> {
  const { name, caption } = announced;
  const refused = (reason: Refusal): Fetched => ({ kind: 'refused-file', name, reason });
  const limit = Math.min(MAX_DOWNLOAD, ports.maxFileBytes);
  if ((announced.size ?? 0) > limit) return refused('too-large');
  const signal = ports.deadline(DEADLINE);
  for (const pause of [...PAUSES, undefined]) {
    const seen: Seen = {};
    try {
      const stream = Readable.from(bytesOf(announced, limit, { api, signal, seen }));
      const file = await ports.storeFile({ stream, name, address, now: ports.clock.now() });
      return { kind: 'file', ...file, ...(caption === undefined ? {} : { caption }) };
    } catch (error) {
      const reason = refusalOf(seen.failure ?? error);
      if (reason !== undefined) return refused(reason);
      // The store may wrap what it met while reading: only its own trouble keeps the update.
      if (seen.failure === undefined) throw error;
      if (pause === undefined || signal.aborted) return refused('unreadable');
      await ports.wait(pause, signal);
    }
  }
  return refused('unreadable');
}

/** What went wrong on the way from the platform. */
interface Seen {
  failure?: unknown;
}

async function* bytesOf(
  { telegramId }: AnnouncedFile,
  limit: number,
  { api, signal, seen }: { api: BotApi; signal: AbortSignal; seen: Seen },
): AsyncGenerator<Uint8Array> {
  try {
    const { file_path: path } = await api.call('getFile', { file_id: telegramId }, { signal });
    if (path === undefined) throw new TelegramFailure(400, 'a file without a path');
    let total = 0;
    for await (const chunk of await api.download(path, signal)) {
      total += chunk.length;
      if (total > limit) throw new DomainError('file-too-large');
      yield chunk;
    }
  } catch (error) {
    seen.failure = error;
    throw error;
  }
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof DomainError) return refusedFileReason(error.code);
  if (!(error instanceof TelegramFailure) || error.isPassing) return undefined;
  return /too big/i.test(error.description) ? 'too-large' : 'unreadable';
}
