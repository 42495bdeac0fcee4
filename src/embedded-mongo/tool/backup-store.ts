import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StoreDamagedError } from '../errors.js';
import { lockFolder } from '../store/lock.js';
import { backupRunning, dataFile } from '../store/store.js';
import { checkStore } from './check-store.js';
import { namingDamage, withStore } from './with-store.js';

/** Writes a compacted, consistent copy of the data file, while a server runs on it or not. An existing file is kept. */
export async function backupStore(folder: string, file: string): Promise<void> {
  const target = resolve(file);
  if (existsSync(target)) throw new Error(`${target} exists already; name a new file`);
  if (!existsSync(dirname(target))) throw new Error(`there is no folder ${dirname(target)}`);
  if (!existsSync(dataFile(folder))) throw new Error(`there is no data file in ${folder}`);
  const partial = `${target}.partial`;
  try {
    rmSync(partial, { force: true });
    await namingDamage(folder, () => backupRunning(folder, partial));
    flush(partial);
    renameSync(partial, target);
    flush(dirname(target));
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Puts a backup in the place of the data file, after checking it. The former data file stays beside it. */
export async function restoreStore(
  folder: string,
  file: string,
  now: Date,
): Promise<{ documents: number; formerFile: string | undefined }> {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  const unlock = lockFolder(folder);
  const partial = join(folder, 'restore.partial');
  try {
    const documents = await checkBackup(folder, file);
    copyFileSync(file, partial);
    flush(partial);
    const current = dataFile(folder);
    const formerFile = existsSync(current)
      ? `${current}.before-${now.toISOString().replaceAll(':', '-')}`
      : undefined;
    // Linked, not moved: there is a data file at every moment, and never an empty store in its place.
    if (formerFile !== undefined) linkSync(current, formerFile);
    rmSync(`${current}-lock`, { force: true });
    renameSync(partial, current);
    flush(folder);
    return { documents, formerFile };
  } finally {
    rmSync(partial, { force: true });
    unlock();
  }
}

async function checkBackup(folder: string, file: string): Promise<number> {
  const scratch = await mkdtemp(join(folder, 'copy-'));
  try {
    copyFileSync(file, dataFile(scratch));
    const { documents, problems } = await withStore(scratch, checkStore);
    if (problems[0] !== undefined) throw new Error(problems[0]);
    return documents;
  } catch (error) {
    const { message } = error as Error;
    const reason = error instanceof StoreDamagedError ? error.reason : message;
    throw new Error(`${file} cannot be restored (${reason}); the data are as they were`, { cause: error });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function flush(file: string): void {
  const handle = openSync(file, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
