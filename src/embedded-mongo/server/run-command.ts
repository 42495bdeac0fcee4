import { int } from '../bson/number.js';
import { type Doc, doc } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import type { Store } from '../store/store.js';
import { Call, checkFields, type Commands, type Reply } from './command.js';
import { adminCommands } from './commands/admin.js';
import { aggregateCommands } from './commands/aggregate.js';
import { collectionCommands } from './commands/collections.js';
import { explainCommands } from './commands/explain.js';
import { findAndModifyCommands } from './commands/find-and-modify.js';
import { indexCommands } from './commands/indexes.js';
import { readCommands } from './commands/read.js';
import { statsCommands } from './commands/stats.js';
import { writeCommands } from './commands/write.js';
import type { Cursors } from './cursors.js';

const COMMANDS: Commands = {
  ...adminCommands,
  ...aggregateCommands,
  ...collectionCommands,
  ...explainCommands,
  ...findAndModifyCommands,
  ...indexCommands,
  ...readCommands,
  ...statsCommands,
  ...writeCommands,
};

/** Runs one command and gives its answer; errors become answers with MongoDB's code. */
export async function runCommand(store: Store, cursors: Cursors, given: Doc): Promise<Reply> {
  const name = given.keys().next().value ?? '';
  try {
    const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!known) throw refusal(`the command ${name}`, 59);
    checkFields(given, name, known);
    return await known.run(new Call(given, name, store, cursors, new Date()));
  } catch (error) {
    return errorReply(error);
  }
}

function errorReply(error: unknown): Reply {
  const known = error instanceof MongoError ? error : new MongoError(1, `internal error: ${describe(error)}`);
  const { code, codeName, message } = known;
  return new Map([...doc({ ok: 0, errmsg: message, code: int(code), codeName }), ...(known.details ?? [])]);
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
