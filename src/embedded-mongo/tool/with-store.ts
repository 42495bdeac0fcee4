import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreDamagedError, StoreLockedError } from '../errors.js';
import { lockFolder } from '../store/lock.js';
import { backupRunning, dataFile, Store } from '../store/store.js';

const DAMAGE = /^MDB_(CORRUPTED|PAGE_NOTFOUND|INVALID|PANIC)/;

/** Opens the store of a folder alone; throws StoreLockedError while a server runs on it, and StoreDamagedError. */
export async function withStore<T>(folder: string, task: (store: Store) => T | Promise<T>): Promise<T> {
  const unlock = lockFolder(folder);
  try {
    const store = new Store(folder);
    try {
      return await namingDamage(folder, () => task(store));
    } finally {
      await store.close();
    }
  } finally {
    unlock();
  }
}

/** What the data file's library says of damage, said as StoreDamagedError. */
export async function namingDamage<T>(folder: string, task: () => T | Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof Error) || !DAMAGE.test(error.message)) throw error;
    throw new StoreDamagedError(folder, error.message, { cause: error });
  }
}

/** Reads the store of a folder: itself when nobody uses it, else a consistent copy taken from the running server. */
export async function withStoreOrCopy<T>(folder: string, task: (store: Store) => T | Promise<T>): Promise<T> {
  if (!existsSync(dataFile(folder))) throw new Error(`there is no data file in ${folder}`);
  try {
    return await withStore(folder, task);
  } catch (error) {
    if (!(error instanceof StoreLockedError)) throw error;
  }
  const copy = await mkdtemp(join(folder, 'copy-'));
  try {
    await backupRunning(folder, dataFile(copy));
    return await withStore(copy, task);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
