import { join } from 'node:path';
import { backupStore, restoreStore } from './tool/backup-store.js';
import { checkStore } from './tool/check-store.js';
import { exportStore, importStore } from './tool/export-store.js';
import { withStore, withStoreOrCopy } from './tool/with-store.js';

const USAGE = `usage: npm run store -- [--folder FOLDER] COMMAND
  check            compare every document with every index key, both ways
  backup FILE      write a consistent copy, also while the product runs
  restore FILE     put a backup in place of the data; the product must be stopped
  export FOLDER    write JSON Lines that mongoimport reads, also while the product runs
  import FOLDER    read JSON Lines of export or mongoexport; the product must be stopped
FOLDER is the store's folder; without it, the folder store within DATA_DIR (./data).
`;

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/** Runs a command of the store tool and gives the exit code. */
async function main(given: readonly string[]): Promise<number> {
  const words = [...given];
  const at = words.indexOf('--folder');
  const [, named] = at < 0 ? [] : words.splice(at, 2);
  const folder = named ?? join(process.env.DATA_DIR ?? 'data', 'store');
  const [command = '', argument] = words;
  if (command === 'check') return check(folder);
  if (argument === undefined || !['backup', 'restore', 'export', 'import'].includes(command)) {
    say(USAGE);
    return 2;
  }
  await run(command, folder, argument);
  return 0;
}

async function check(folder: string): Promise<number> {
  const { collections, documents, keys, problems } = await withStoreOrCopy(folder, checkStore);
  for (const problem of problems) say(problem);
  say(
    `${collections} collections, ${documents} documents, ${keys} index keys: ${problems.length || 'no'} problems`,
  );
  return problems.length ? 1 : 0;
}

async function run(command: string, folder: string, argument: string): Promise<void> {
  switch (command) {
    case 'backup':
      await backupStore(folder, argument);
      say(`backup written to ${argument}`);
      break;
    case 'restore': {
      const { documents, formerFile } = await restoreStore(folder, argument, new Date());
      say(
        `${documents} documents restored${formerFile === undefined ? '' : `; the former data are in ${formerFile}`}`,
      );
      break;
    }
    case 'export':
      say(
        `${await withStoreOrCopy(folder, (store) => exportStore(store, argument))} documents written to ${argument}`,
      );
      break;
    default:
      say(
        `${await withStore(folder, (store) => importStore(store, argument))} documents read from ${argument}`,
      );
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
