import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import {
  downloadContentFromMessage,
  prepareWAMessageMedia,
  type proto,
  type WASocket,
} from '@whiskeysockets/baileys';
import { ChannelError, type InboundContent } from '../../conversation/channel.js';
import { refusedFileReason } from '../../conversation/refused-file-reason.js';
import { DomainError } from '../../shared/errors.js';
import type { Parsed } from './parse.js';
import { silentLogger } from './silent-logger.js';
import type { FileReference, WhatsAppPorts } from './types.js';

const MEDIA_HOST = 'mmg.whatsapp.net';

/** Statuses that say the file is not there any more. */
const GONE = [403, 404, 410];

/** A file is fetched, or given up for now, within this time. */
const PATIENCE = 120_000;

/** WhatsApp takes more, but the office's own limit lies far below. */
const LARGEST_SENT = 64_000_000;

type ParsedMedia = Extract<Parsed, { kind: 'media' }>;

/**
 * Fetches, decrypts and stores a file of a user; one that is not taken becomes `refused-file`.
 * @throws when trying again later may help
 */
export async function fetchMedia(
  { name, caption, place }: ParsedMedia,
  address: string,
  ports: WhatsAppPorts,
): Promise<InboundContent> {
  if (!place) return { kind: 'refused-file', name, reason: 'unreadable' };
  if (place.size > ports.maxFileBytes) return { kind: 'refused-file', name, reason: 'too-large' };
  let stopClock = (): void => undefined;
  try {
    const stream = await openMedia(place, ports);
    stopClock = ports.timers.after(PATIENCE, () => stream.destroy(new Error('the download took too long')));
    const file = await ports.storeFile({ stream, name, address, now: ports.clock.now() });
    return { kind: 'file', ...file, ...(caption === undefined ? {} : { caption }) };
  } catch (error) {
    const refused = error instanceof DomainError ? refusedFileReason(error.code) : undefined;
    if (refused) return { kind: 'refused-file', name, reason: refused };
    if (error instanceof BrokenMediaError || GONE.includes(statusOf(error) ?? 0))
      return { kind: 'refused-file', name, reason: 'unreadable' };
    throw error;
  } finally {
    stopClock();
  }
}

/** What was fetched is not what was sent. */
class BrokenMediaError extends Error {
  override readonly name = 'BrokenMediaError';
}

/** The host is never the sender's choice: only the path is taken from the message. */
async function openMedia(
  { type, directPath, mediaKey, sha256 }: NonNullable<ParsedMedia['place']>,
  { server }: WhatsAppPorts,
): Promise<Readable> {
  const host = server?.mediaHost ?? MEDIA_HOST;
  const decrypted = await downloadContentFromMessage({ mediaKey, directPath }, type, { host });
  const hash = createHash('sha256');
  const checked = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest().equals(sha256) ? null : new BrokenMediaError('the file is not what was sent'));
    },
  });
  decrypted.on('error', (error: Error) =>
    checked.destroy(new BrokenMediaError('unreadable', { cause: error })),
  );
  return decrypted.pipe(checked);
}

/**
 * Encrypts and uploads a file of the office.
 * @throws ChannelError
 */
export async function uploadMedia(
  socket: WASocket,
  { file, stream }: { file: FileReference; stream: Readable },
  caption: string | undefined,
): Promise<proto.IMessage> {
  if (file.size > LARGEST_SENT) throw new ChannelError('file-too-large', true);
  try {
    return await prepareWAMessageMedia(
      {
        document: { stream },
        ...{ mimetype: file.mimeType, fileName: file.name },
        ...(caption === undefined ? {} : { caption }),
      },
      { upload: socket.waUploadToServer, logger: silentLogger },
    );
  } catch (error) {
    throw new ChannelError('upload-failed', false, undefined, { cause: error });
  }
}

function statusOf(error: unknown): number | undefined {
  return (error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode;
}
