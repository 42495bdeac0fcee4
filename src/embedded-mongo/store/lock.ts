import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StoreLockedError } from '../errors.js';

const HEARTBEAT_MS = 5000;
/** A lock of another machine or container counts as left behind when it was not touched for this long. */
const SILENT_MS = 30_000;

interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly place: string;
  /** The process it works for. */
  readonly parent: number;
  readonly parentStarted: string;
}

/**
 * Locks a data folder for this process. A lock whose process is gone, or whose number another process has since
 * got, is taken over. Returns the function that releases it. Throws StoreLockedError. `onLost` is called when another
 * process took the lock, as one of another container does after this one was paused.
 */
export function lockFolder(folder: string, onLost?: () => void): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'LOCK');
  const content = JSON.stringify({
    pid: process.pid,
    started: startOf(process.pid),
    place: currentPlace(),
    parent: process.ppid,
    parentStarted: startOf(process.ppid),
  });
  claim(path, folder, content);
  const heartbeat = setInterval(() => {
    const present = readText(path);
    if (present === undefined || present === content) touch(path);
    else {
      clearInterval(heartbeat);
      onLost?.();
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return () => {
    clearInterval(heartbeat);
    if (readText(path) === content) rmSync(path, { force: true });
  };
}

function claim(path: string, folder: string, content: string): void {
  // A name of its own: one that a killed process left may be the same file as the lock.
  const own = `${path}.${randomUUID()}`;
  writeFileSync(own, content, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (tryLink(own, path)) return;
      const present = readText(path);
      const holder = present === undefined ? undefined : parse(present);
      if (holder && isHeld(path, holder)) throw new StoreLockedError(folder, holder.pid, isOrphan(holder));
      if (present !== undefined) removeStale(path, present);
    }
    throw new StoreLockedError(folder, undefined);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Linking is atomic: the lock appears complete or not at all. */
function tryLink(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Moves a stale lock away; when it turns out that another process was faster, its lock is put back. */
function removeStale(path: string, judged: string): void {
  const aside = `${path}.stale.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readText(aside) !== judged) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function isHeld(path: string, holder: Holder): boolean {
  if (holder.place !== currentPlace()) {
    const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    return touched !== undefined && Date.now() - touched < SILENT_MS;
  }
  return holder.started !== '' && startOf(holder.pid) === holder.started;
}

/** Whether the holder's own parent is gone: it then ends as soon as its last writes are done. */
const isOrphan = ({ place, parent, parentStarted }: Holder): boolean =>
  place === currentPlace() && startOf(parent) !== parentStarted;

function parse(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return undefined;
  }
}

/** What tells this process from a later one of the same number; empty when there is no such process. */
function startOf(pid: number): string {
  try {
    if (process.platform === 'linux') {
      // The 20th field after the command name, which stands in brackets and may hold anything.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return fields[0] === 'Z' ? '' : (fields[19] ?? '');
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

/** Process numbers only mean something within one boot and one process namespace. */
function currentPlace(): string {
  if (process.platform !== 'linux') return process.platform;
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return 'linux';
  }
}

function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // The folder may have been removed under the running server; the next write reports that.
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
