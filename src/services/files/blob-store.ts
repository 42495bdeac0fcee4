import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** Bytes by their hash, outside the web root. Equal bytes are stored once. */
export interface BlobStore {
  /**
   * Takes bytes in without holding them in memory; they are durable on disk when it returns, but belong to the store
   * only after `keep`.
   * @throws BlobTooLargeError as soon as more than `maxBytes` have come; nothing is left behind
   */
  receive(source: Readable | Uint8Array, maxBytes: number): Promise<BlobDraft>;
  /** Emits an error when the bytes are gone. */
  read(sha256: string): Readable;
  has(sha256: string): Promise<boolean>;
}

/** Bytes that have arrived and are being looked at. Ends with `keep` or `discard`. */
export interface BlobDraft {
  /** Hex. */
  readonly sha256: string;
  readonly size: number;
  /** Where they lie until then. */
  readonly path: string;
  keep(): Promise<void>;
  discard(): Promise<void>;
}

export class BlobTooLargeError extends Error {
  override readonly name = 'BlobTooLargeError';
}

/** Opens the store in a folder; what a process that died left half-written there is removed. */
export function createBlobStore(folder: string): BlobStore {
  const incoming = join(folder, 'incoming');
  mkdirSync(incoming, { recursive: true, mode: 0o700 });
  removeLeftovers(incoming);

  return {
    async receive(source, maxBytes) {
      const path = join(incoming, `${process.pid}-${randomUUID()}`);
      const { sha256, size } = await writeDraft(path, source, maxBytes);
      return {
        ...{ sha256, size, path },
        keep: () => moveInto(folder, path, sha256),
        discard: () => rm(path, { force: true }),
      };
    },
    read: (sha256) => createReadStream(pathOf(folder, sha256)),
    has: async (sha256) => (await sizeOf(pathOf(folder, sha256))) !== undefined,
  };
}

async function writeDraft(
  path: string,
  source: Readable | Uint8Array,
  maxBytes: number,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const handle = await open(path, 'wx', 0o600);
  try {
    const chunks = source instanceof Readable ? (source as AsyncIterable<Uint8Array>) : [source];
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new BlobTooLargeError(`more than ${maxBytes} bytes`);
      hash.update(chunk);
      await writeAll(handle, chunk);
    }
    await handle.sync();
  } catch (error) {
    await handle.close();
    await rm(path, { force: true });
    throw error;
  }
  await handle.close();
  return { sha256: hash.digest('hex'), size };
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.byteLength;) {
    written += (await handle.write(chunk, written)).bytesWritten;
  }
}

/** Rename is atomic, and a second writer of the same hash only replaces bytes by equal bytes. */
async function moveInto(folder: string, path: string, sha256: string): Promise<void> {
  const target = pathOf(folder, sha256);
  const shard = join(folder, sha256.slice(0, 2));
  await mkdir(shard, { recursive: true, mode: 0o700 });
  await rename(path, target);
  await syncFolder(shard);
}

/** Without this a power cut may forget the name although it kept the bytes. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Names are hashes we made; anything else must not reach the file system. */
function pathOf(folder: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('not a SHA-256 in hex');
  return join(folder, sha256.slice(0, 2), sha256);
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Drafts are named after the process that writes them; those of a living one are left alone. */
function removeLeftovers(incoming: string): void {
  for (const name of readdirSync(incoming)) {
    const pid = Number(name.split('-')[0]);
    if (pid === process.pid || !isAlive(pid)) rmSync(join(incoming, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
