import { Readable } from 'node:stream';
import type { InboundContent } from '../../conversation/channel.js';
import { refusedFileReason } from '../../conversation/refused-file-reason.js';
import { DomainError } from '../../shared/errors.js';
import type { AccessToken } from './access-token.js';
import { isAllowedService, isFileAddress } from './allowed-url.js';
import type { AnnouncedFile } from './attachments.js';
import { TeamsFailure } from './failure.js';
import type { TeamsPorts } from './types.js';

/** Milliseconds for all files of one activity: the platform waits fifteen seconds for its acknowledgement. */
export const FILES_DEADLINE = 9_000;

type Fetched = Extract<InboundContent, { kind: 'file' | 'refused-file' }>;

interface Fetcher {
  token: AccessToken;
  ports: Pick<TeamsPorts, 'clock' | 'endpoints' | 'maxFileBytes' | 'storeFile'>;
  signal: AbortSignal;
}

/**
 * Fetches an announced file and stores it. One that is not taken, or that does not come in time, becomes a `refused-file`,
 * which the bot explains.
 * @throws Error when the office cannot store it: the activity is then not acknowledged.
 */
export async function fetchFile(
  { name, url, caption }: AnnouncedFile,
  address: string,
  { token, ports, signal }: Fetcher,
): Promise<Fetched> {
  const seen: Seen = {};
  try {
    const bytes = download(url, { token, ports, signal, seen });
    const stream = Readable.from(bytes);
    const file = await ports.storeFile({ stream, name, address, now: ports.clock.now() });
    return { kind: 'file', ...file, ...(caption === undefined ? {} : { caption }) };
  } catch (error) {
    // The store may wrap what it met while reading: only its own trouble keeps the activity.
    const cause = seen.failure ?? error;
    const reason = cause instanceof DomainError ? refusedFileReason(cause.code) : undefined;
    if (reason !== undefined) return { kind: 'refused-file', name, reason };
    if (seen.failure === undefined) throw error;
    return { kind: 'refused-file', name, reason: 'unreadable' };
  }
}

/** What went wrong on the way from the platform. */
interface Seen {
  failure?: unknown;
}

async function* download(
  url: string,
  { token, ports, signal, seen }: Fetcher & { seen: Seen },
): AsyncGenerator<Uint8Array> {
  try {
    const { serviceUrls } = ports.endpoints;
    if (!isFileAddress(url, serviceUrls)) throw new TeamsFailure(400, 'foreign file address');
    // Pasted pictures lie with the Bot Connector; nobody else is shown the token.
    const headers = isAllowedService(url, serviceUrls)
      ? { authorization: `Bearer ${await token.get(signal)}` }
      : undefined;
    const response = await fetch(url, { signal, redirect: 'error', ...(headers ? { headers } : {}) });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new TeamsFailure(response.status, 'file');
    }
    let total = 0;
    for await (const chunk of response.body) {
      total += chunk.length;
      if (total > ports.maxFileBytes) throw new DomainError('file-too-large');
      yield chunk;
    }
  } catch (error) {
    seen.failure = error;
    throw error;
  }
}
