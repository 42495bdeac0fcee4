import { int } from '../bson/number.js';
import { type Doc, doc } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import type { Store } from '../store/store.js';
import { type Call, checkFields, type Commands, type Reply } from './command.js';
import { adminCommands } from './commands/admin.js';
import { aggregateCommands } from './commands/aggregate.js';
import { collectionCommands } from './commands/collections.js';
import { explainCommands } from './commands/explain.js';
import { findAndModifyCommands } from './commands/find-and-modify.js';
import { indexCommands } from './commands/indexes.js';
import { readCommands } from './commands/read.js';
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
  ...writeCommands,
};

/** Runs one command and gives its answer; errors become answers with MongoDB's code. */
export async function runCommand(store: Store, cursors: Cursors, command: Doc): Promise<Reply> {
  const name = command.keys().next().value ?? '';
  const database = command.get('$db');
  try {
    const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!known) throw refusal(`the command ${name}`, 59);
    checkFields(command, name, known);
    const call: Call = {
      store,
      cursors,
      database: typeof database === 'string' ? database : 'admin',
      name,
      command,
      now: new Date(),
    };
    return await known.run(call);
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
