import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreLockedError } from '../errors.js';
import { lockFolder } from '../store/lock.js';
import { backupRunning, dataFile, Store } from '../store/store.js';

/** Opens the store of a folder alone; throws StoreLockedError while a server runs on it. */
export async function withStore<T>(folder: string, task: (store: Store) => T | Promise<T>): Promise<T> {
  const unlock = lockFolder(folder);
  try {
    const store = new Store(folder);
    try {
      return await task(store);
    } finally {
      await store.close();
    }
  } finally {
    unlock();
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
