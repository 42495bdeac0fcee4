import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lockFolder } from './store/lock.js';
import { Store } from './store/store.js';
import { serve } from './server/serve.js';
import { StoreDamagedError, StoreLockedError } from './errors.js';

/** Messages between the process that wants a server and the one that is it. */
export type ToParent =
  { ready: true } | { failed: { name: string; message: string; pid: number | undefined; orphaned: boolean } };

const [folder, socketPath] = process.argv.slice(2);

// The parent decides when to end: signals to the whole group must not stop writes it still waits for.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

// The data file and the socket are for this user alone, also in a folder that was there before.
process.umask(0o077);

if (folder === undefined || socketPath === undefined) throw new Error('usage: child FOLDER SOCKET');

try {
  const unlock = lockFolder(folder, () => process.exit(1));
  process.once('exit', unlock);
  removeLeftovers(folder, socketPath);
  const store = new Store(folder);
  const server = await serve(store, socketPath);
  const end = async (): Promise<void> => {
    await server.close();
    await store.close();
    process.exit(0);
  };
  // Closing the channel is the order to stop, and it also happens when the parent dies.
  process.once('disconnect', () => void end());
  send({ ready: true });
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const reason = error instanceof StoreDamagedError ? error.reason : message;
  const locked = error instanceof StoreLockedError ? error : undefined;
  send({ failed: { name, message: reason, pid: locked?.pid, orphaned: locked?.orphaned ?? false } });
  process.disconnect();
  process.exitCode = 1;
}

/** Socket folders and copies of the data that killed processes left; whoever needs them now would hold the lock. */
function removeLeftovers(path: string, own: string): void {
  for (const name of readdirSync(path)) {
    const old = join(path, name);
    if (/^(socket|copy)-/.test(name) && old !== dirname(own)) rmSync(old, { recursive: true, force: true });
  }
}

function send(message: ToParent): void {
  process.send?.(message);
}
