import { createDecipheriv, createHash } from 'node:crypto';
import { pipeline, Readable, Transform } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { DEFAULT_ORIGIN, getMediaKeys } from '@whiskeysockets/baileys';
import type { MediaPlace } from './parse.js';

/** What was fetched is not what was sent. */
export class BrokenMediaError extends Error {
  override readonly name = 'BrokenMediaError';
}

/** The host does not have the file any more. */
export class MediaGoneError extends Error {
  override readonly name = 'MediaGoneError';
}

const GONE = [403, 404, 410];

/** Length of the signature at the end of an encrypted file; the hash of the plain file says the same. */
const MAC_BYTES = 10;

/**
 * Fetches and decrypts a file. Not with the library's own means: a line that breaks on the way would there be an error
 * nobody can catch, and a file nobody wants to the end an open line.
 * @param host never the sender's choice: only the path is taken from the message
 * @returns the plain file; it fails with `BrokenMediaError` when it is not what was sent
 * @throws MediaGoneError
 */
export async function download(
  { type, directPath, mediaKey, sha256 }: MediaPlace,
  host: string,
  signal: AbortSignal,
): Promise<Readable> {
  const { cipherKey, iv } = await getMediaKeys(mediaKey, type);
  const response = await fetch(`https://${host}${directPath}`, {
    headers: { Origin: DEFAULT_ORIGIN },
    signal,
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    if (GONE.includes(response.status)) throw new MediaGoneError('the file is not there any more');
    throw new Error(`the media host answers ${response.status}`);
  }
  const plain = checked(sha256);
  const decrypted = decrypting(cipherKey, iv);
  // The same stream: with the types of the browser's library in sight TypeScript takes it for that one's.
  const sealed = Readable.fromWeb(response.body as ReadableStream);
  // Each of them ends with the others; who reads hears of the error.
  pipeline(sealed, decrypted, plain, () => undefined);
  return plain;
}

function decrypting(key: Uint8Array, iv: Uint8Array): Transform {
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const all = Buffer.concat([held, chunk]);
      const end = Math.max(0, all.length - MAC_BYTES);
      held = all.subarray(end);
      done(null, decipher.update(all.subarray(0, end)));
    },
    flush(done) {
      try {
        done(null, decipher.final());
      } catch (error) {
        done(new BrokenMediaError('unreadable', { cause: error }));
      }
    },
  });
}

function checked(sha256: Uint8Array): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest().equals(sha256) ? null : new BrokenMediaError('the file is not what was sent'));
    },
  });
}
