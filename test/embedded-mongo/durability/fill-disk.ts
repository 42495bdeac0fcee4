import { execFileSync } from 'node:child_process';
import { doc } from '../../../src/embedded-mongo/bson/value.js';
import { int } from '../../../src/embedded-mongo/bson/number.js';
import { MongoError } from '../../../src/embedded-mongo/mongo-error.js';
import { checkStore } from '../../../src/embedded-mongo/tool/check-store.js';
import { Store } from '../../../src/embedded-mongo/store/store.js';
import { insertDocument } from '../../../src/embedded-mongo/store/write-document.js';

/** Runs under a limit of the file size and tells what happens when it is reached and when it is lifted. */
const PRLIMIT = 'prlimit';
const store = new Store(process.argv[2] ?? '');
let stored = 0;
const insert = (): Promise<void> =>
  store.write(() => {
    const collection = store.ensureCollection('a.b');
    for (let i = 0; i < 50; i += 1)
      insertDocument(store, collection, doc({ _id: int(stored + i), pad: 'x'.repeat(1000) }));
  });

async function fill(): Promise<number> {
  for (;;) {
    try {
      await insert();
      stored += 50;
    } catch (error) {
      return error instanceof MongoError ? error.code : -1;
    }
  }
}

const code = await fill();
const again = await insert().then(
  () => 0,
  (error: unknown) => (error instanceof MongoError ? error.code : -1),
);
const readable = checkStore(store);
execFileSync(PRLIMIT, ['--pid', String(process.pid), '--fsize=unlimited:unlimited']);
await insert();
const after = checkStore(store);
await store.close();
process.stdout.write(JSON.stringify({ code, again, stored, readable, after }));
