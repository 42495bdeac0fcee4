import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uniqueDatabaseUri } from './database.js';

const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;

/** The product as people run it: a process of its own on a folder of its own. */
export interface Product {
  readonly url: string;
  /** The first administrator's one-time link, while there is none. */
  readonly setupUrl: string | undefined;
  /** Ends it without warning, as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as an administrator would. */
  stop(): Promise<number | null>;
}

/** Where one product keeps everything, over its restarts. */
export interface ProductHome {
  readonly dataDir: string;
  readonly settings: Record<string, string>;
  remove(): Promise<void>;
}

/** A fresh folder; on a run against a real MongoDB also a fresh database there. */
export async function newProductHome(): Promise<ProductHome> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dering-product-'));
  const settings = process.env.MONGODB_URI ? { MONGODB_URI: uniqueDatabaseUri() } : {};
  return { dataDir, settings, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

/** Starts the built product (`npm run build`) on any free port and waits until it says where it is. */
export async function startProduct({ dataDir, settings }: ProductHome): Promise<Product> {
  const { MONGODB_URI: _, ...environment } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: { ...environment, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = await greeting(child);
  const url = /Live chat\s+(\S+)\/chat/u.exec(said)?.[1];
  if (!url) throw new Error(`the product did not start: ${said}`);
  return {
    url,
    setupUrl: /(http\S+setup\?token=\S+)/u.exec(said)?.[1],
    kill: () => end(child, 'SIGKILL').then(() => undefined),
    stop: () => end(child, 'SIGTERM'),
  };
}

/** The greeting, which comes in one write, or what it said before it ended. */
async function greeting(child: ChildProcess): Promise<string> {
  let said = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('/metrics')) resolve();
    });
  });
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await Promise.race([ready, once(child, 'exit')]);
  return said;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exited)[0];
}
