import type { Readable } from 'node:stream';
import { prepareWAMessageMedia, type proto, type WASocket } from '@whiskeysockets/baileys';
import { ChannelError, type InboundContent } from '../../conversation/channel.js';
import { refusedFileReason } from '../../conversation/refused-file-reason.js';
import { DomainError } from '../../shared/errors.js';
import { BrokenMediaError, download, MediaGoneError } from './download.js';
import type { Parsed } from './parse.js';
import { silentLogger } from './silent-logger.js';
import type { FileReference, WhatsAppPorts } from './types.js';

const MEDIA_HOST = 'mmg.whatsapp.net';

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
  const clock = new AbortController();
  const stopClock = ports.timers.after(PATIENCE, () => {
    clock.abort(new Error('the download took too long'));
  });
  try {
    const stream = await download(place, ports.server?.mediaHost ?? MEDIA_HOST, clock.signal);
    const file = await ports.storeFile({ stream, name, address, now: ports.clock.now() });
    return { kind: 'file', ...file, ...(caption === undefined ? {} : { caption }) };
  } catch (error) {
    const refused = error instanceof DomainError ? refusedFileReason(error.code) : undefined;
    if (refused) return { kind: 'refused-file', name, reason: refused };
    if (error instanceof BrokenMediaError || error instanceof MediaGoneError)
      return { kind: 'refused-file', name, reason: 'unreadable' };
    throw error;
  } finally {
    stopClock();
  }
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
