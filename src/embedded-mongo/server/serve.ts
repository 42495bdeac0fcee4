import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Store } from '../store/store.js';
import { Cursors } from './cursors.js';
import { expireDocuments } from './expire-documents.js';
import { runCommand } from './run-command.js';
import { LARGEST_MESSAGE, readMessage, writeMessage } from './wire-message.js';

const SWEEP_MS = 60_000;

export interface RunningServer {
  /** Ends the connections and waits for what is being written. */
  close(): Promise<void>;
}

/** Serves a store on a Unix socket. */
export async function serve(store: Store, socketPath: string): Promise<RunningServer> {
  const cursors = new Cursors();
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    connect(socket, store, cursors);
  });
  await listen(server, socketPath);
  chmodSync(socketPath, 0o600);
  const sweeper = setInterval(() => {
    cursors.sweep(Date.now());
    expireDocuments(store, new Date()).catch(() => {
      // A full disk shows in the commands of clients; the next sweep tries again.
    });
  }, SWEEP_MS);
  return {
    async close() {
      clearInterval(sweeper);
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });

/** Reads messages off a connection and answers them one after another. */
function connect(socket: Socket, store: Store, cursors: Cursors): void {
  let pending: Buffer[] = [];
  let size = 0;
  let queue: Promise<void> = Promise.resolve();
  const answer = async (message: Buffer): Promise<void> => {
    const request = readMessage(message);
    if (!request) {
      socket.destroy();
      return;
    }
    const reply = await runCommand(store, cursors, request.command);
    if (!request.silent && !socket.destroyed) socket.write(writeMessage(request, reply));
  };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    pending.push(chunk);
    size += chunk.length;
    for (let message = next(); message; message = next()) {
      const whole = message;
      queue = queue.then(() => answer(whole)).catch(() => void socket.destroy());
    }
  });
  function next(): Buffer | undefined {
    if (size < 4) return undefined;
    if ((pending[0]?.length ?? 0) < 4) pending = [Buffer.concat(pending)];
    const length = pending[0]?.readInt32LE(0) ?? 0;
    if (length < 16 || length > LARGEST_MESSAGE) {
      socket.destroy();
      return undefined;
    }
    if (size < length) return undefined;
    const all = pending.length === 1 && pending[0] ? pending[0] : Buffer.concat(pending);
    size -= length;
    pending = size ? [all.subarray(length)] : [];
    return all.subarray(0, length);
  }
}
