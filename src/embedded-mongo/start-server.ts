import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ToParent } from './child.js';
import { ServerDiedError, StoreDamagedError, StoreLockedError } from './errors.js';

export interface EmbeddedServer {
  /** Connection string of the server, with the database's name. */
  readonly uri: string;
  /** Stays pending while the server runs and after close; rejects with ServerDiedError when it ends by itself. */
  readonly failed: Promise<never>;
  /** Stops the server when everything it acknowledged is on disk. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Where the data lies; created when missing. One server at a time. */
  readonly folder: string;
  /** Database named in the connection string; `dering` unless given. */
  readonly database?: string;
}

/** Unix socket paths end at 108 bytes, with the closing null byte. */
const LONGEST_SOCKET_PATH = 107;
const ORPHAN_PATIENCE_MS = 10_000;

/**
 * Starts the embedded server in a process of its own. Throws StoreLockedError when another process uses the folder
 * and StoreDamagedError when the data file cannot be read.
 */
export async function startEmbeddedServer(options: ServerOptions): Promise<EmbeddedServer> {
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socket = placeSocket(folder);
  try {
    const child = await startChild(folder, socket.path);
    return running(child, socket, options.database ?? 'dering');
  } catch (error) {
    socket.remove();
    throw error;
  }
}

interface SocketPlace {
  readonly path: string;
  remove(): void;
}

/**
 * A fresh folder only this user may enter: beside the data, or in the temporary folder when that path is too long.
 * Its name has no capitals, which mongoexport and its like take for small letters.
 */
function placeSocket(folder: string): SocketPlace {
  const name = `socket-${randomBytes(8).toString('hex')}`;
  const fits = Buffer.byteLength(join(folder, name, 'db.sock')) <= LONGEST_SOCKET_PATH;
  const own = fits ? join(folder, name) : join(tmpdir(), `dering-${name}`);
  mkdirSync(own, { mode: 0o700 });
  return { path: join(own, 'db.sock'), remove: () => rmSync(own, { recursive: true, force: true }) };
}

/** A predecessor whose parent was killed may still be finishing its last writes. */
async function startChild(folder: string, socketPath: string): Promise<ChildProcess> {
  const deadline = Date.now() + ORPHAN_PATIENCE_MS;
  for (;;) {
    try {
      return await forkChild(folder, socketPath);
    } catch (error) {
      if (!(error instanceof StoreLockedError) || !error.orphaned || Date.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

function forkChild(folder: string, socketPath: string): Promise<ChildProcess> {
  const own = fileURLToPath(import.meta.url);
  const source = own.endsWith('.ts');
  const entry = join(own, '..', source ? 'child.ts' : 'child.js');
  const child = fork(entry, [folder, socketPath], {
    execArgv: source ? ['--import', pathToFileURL(createRequire(own).resolve('tsx')).href] : [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return new Promise((done, reject) => {
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(
        new ServerDiedError(
          signal === null
            ? `The embedded server ended at its start (${code}). ${errors}`
            : `The embedded server crashed at its start (${signal}); its data file in ${folder} may be damaged.`,
        ),
      ),
    );
    child.once('message', (message) => {
      child.removeAllListeners('exit');
      const answer = message as ToParent;
      if ('ready' in answer) done(child);
      else reject(startError(folder, answer.failed));
    });
  });
}

function startError(
  folder: string,
  { name, message, pid, orphaned }: Extract<ToParent, { failed: unknown }>['failed'],
): Error {
  if (name === 'StoreLockedError') return new StoreLockedError(folder, pid, orphaned);
  if (name === 'StoreDamagedError') return new StoreDamagedError(folder, message);
  return new ServerDiedError(`The embedded server could not start: ${message}`);
}

function running(child: ChildProcess, socket: SocketPlace, database: string): EmbeddedServer {
  let closing: Promise<void> | undefined;
  const exited = new Promise<string>((done) => {
    child.once('exit', (code, signal) => {
      socket.remove();
      done(signal ?? String(code));
    });
  });
  const failed = new Promise<never>((_, reject) => {
    void exited.then((how) => {
      if (!closing) reject(new ServerDiedError(`The embedded database server ended unexpectedly (${how}).`));
    });
  });
  // Whoever does not look at it must not be ended by an unhandled rejection.
  failed.catch(() => undefined);
  // The server must not keep alive a process that has nothing else to do; it ends with the channel.
  child.unref();
  child.channel?.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  return {
    uri: `mongodb://${encodeURIComponent(socket.path)}/${database}?directConnection=true`,
    failed,
    close() {
      closing ??= stop(child, exited);
      return closing;
    },
  };
}

async function stop(child: ChildProcess, exited: Promise<string>): Promise<void> {
  child.ref();
  if (child.connected) child.disconnect();
  await exited;
}
