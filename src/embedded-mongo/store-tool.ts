import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { backupStore, restoreStore } from './tool/backup-store.js';
import { checkStore } from './tool/check-store.js';
import { exportStore } from './tool/export-store.js';
import { findSources, importStore } from './tool/import-store.js';
import { withStore, withStoreOrCopy } from './tool/with-store.js';

const USAGE = `usage: npm run store -- [--folder FOLDER] COMMAND
  check            compare every document with every index key, both ways
  backup FILE      write a consistent copy, also while the product runs
  restore FILE     put a backup in place of the data; the product must be stopped
  export FOLDER    write JSON Lines that mongoimport reads, also while the product runs
  import FOLDER    read JSON Lines of export or mongoexport; the product must be stopped
FOLDER is the store's folder; without it, the folder store within DATA_DIR (./data).
`;

type Command = (folder: string, argument: string) => Promise<string>;

/** What needs a file or folder, and what it says when it is done. */
const COMMANDS: Readonly<Record<string, Command>> = {
  backup: async (folder, file) => {
    await backupStore(folder, file);
    return `backup written to ${file}`;
  },
  restore: async (folder, file) => {
    const { documents, formerFile } = await restoreStore(folder, file, new Date());
    return `${documents} documents restored${formerFile === undefined ? '' : `; the former data are in ${formerFile}`}`;
  },
  export: async (folder, target) => {
    const documents = await withStoreOrCopy(folder, (store) => exportStore(store, target));
    return `${documents} documents written to ${target}`;
  },
  import: async (folder, source) => {
    const sources = await findSources(source);
    const documents = await withStore(folder, (store) => importStore(store, sources));
    return `${documents} documents read from ${source}`;
  },
};

/** Gives the exit code: 1 when something is wrong with the store, 2 when the words were not understood. */
async function main(args: string[]): Promise<number> {
  const { folder, help, words } = understand(args);
  const [name = '', argument, ...more] = words;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (help) process.stdout.write(USAGE);
  else if (name === 'check' && argument === undefined) return check(folder);
  else if (command && argument !== undefined && more.length === 0)
    process.stdout.write(`${await command(folder, argument)}\n`);
  else {
    process.stderr.write(USAGE);
    return 2;
  }
  return 0;
}

function understand(args: string[]): { folder: string; help: boolean; words: string[] } {
  const usual = join(process.env.DATA_DIR ?? 'data', 'store');
  try {
    const { values, positionals: words } = parseArgs({
      args,
      allowPositionals: true,
      options: { folder: { type: 'string', default: usual }, help: { type: 'boolean', short: 'h' } },
    });
    return { folder: values.folder, help: values.help ?? false, words };
  } catch {
    return { folder: usual, help: false, words: [] };
  }
}

async function check(folder: string): Promise<number> {
  const { collections, documents, keys, problems } = await withStoreOrCopy(folder, checkStore);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  const found = `${problems.length || 'no'} problem${problems.length === 1 ? '' : 's'}`;
  process.stdout.write(`${collections} collections, ${documents} documents, ${keys} index keys: ${found}\n`);
  return problems.length ? 1 : 0;
}

/** Works in a process of its own: reading a damaged data file may end it without a word. */
function runInChild(): void {
  fork(fileURLToPath(import.meta.url), process.argv.slice(2)).once('exit', (code, signal) => {
    if (signal !== null)
      process.stderr.write(
        `The command was ended by ${signal}. Unless you did that, the data file is damaged; it was left untouched, restore a backup.\n`,
      );
    process.exitCode = code ?? 1;
  });
}

async function runHere(): Promise<void> {
  // What it writes holds personal data: for this user alone.
  process.umask(0o077);
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
  process.disconnect();
}

if (process.send) await runHere();
else runInChild();
