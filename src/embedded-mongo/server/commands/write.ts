import { int } from '../../bson/number.js';
import { type Doc, doc, isDoc, type Value } from '../../bson/value.js';
import { compileUpdate } from '../../language/update/compile-update.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { updateMany, updateOne, type UpdateResult } from '../../query/apply-update.js';
import { changeAll, changeFirst, CHANGES_PER_COMMIT } from '../../query/change-matches.js';
import { Query } from '../../query/query.js';
import { withId } from '../../store/document-id.js';
import { deleteDocument, insertDocument } from '../../store/write-document.js';
import {
  type Call,
  command,
  type Commands,
  Fields,
  isSimpleCollation,
  ok,
  type Reply,
  words,
} from '../command.js';

export const writeCommands: Commands = {
  insert: command('documents ordered bypassDocumentValidation', insert),
  update: command('updates ordered let bypassDocumentValidation', update),
  delete: command('deletes ordered let', remove),
};

const MOST_OPERATIONS = 100_000;

/** The operations of a batch. */
function operationsOf(call: Call, field: string): Value[] {
  const operations = call.array(field);
  if (operations.length === 0 || operations.length > MOST_OPERATIONS)
    throw new MongoError(
      16,
      `Write batch sizes must be between 1 and ${MOST_OPERATIONS}. Got ${operations.length} operations.`,
    );
  return operations;
}

/** `ordered` is true unless said otherwise. */
const isOrdered = (call: Call): boolean => !call.given.has('ordered') || call.isTrue('ordered');

/** An error of one operation within a batch. */
const writeError = (index: number, { code, message, details }: MongoError): Doc =>
  new Map([...doc({ index: int(index), code: int(code), errmsg: message }), ...(details ?? [])]);

async function insert(call: Call): Promise<Reply> {
  const documents = operationsOf(call, 'documents');
  const namespace = call.namespace;
  const ordered = isOrdered(call);
  const { timeLimit } = call;
  const errors: Doc[] = [];
  let inserted = 0;
  // A large batch is spread over several commits, so that others are not held up.
  for (let start = 0; start < documents.length; start += CHANGES_PER_COMMIT) {
    timeLimit?.check();
    const part = documents.slice(start, start + CHANGES_PER_COMMIT);
    await call.store.write(() => {
      const collection = call.store.ensureCollection(namespace);
      for (const [offset, document] of part.entries()) {
        const error = attempt(() => insertDocument(call.store, collection, withId(document)));
        if (!error) inserted += 1;
        else errors.push(writeError(start + offset, error));
        if (error && ordered) return;
      }
    });
    if (errors.length && ordered) break;
  }
  return ok({ n: int(inserted), writeErrors: errors.length ? errors : undefined });
}

/** Runs one operation of a batch and gives its error; errors without a code end the whole commit. */
function attempt(run: () => void): MongoError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof MongoError) return error;
    throw error;
  }
}

/** Runs the operations of a batch one after another and gives the errors of those that failed. */
async function each(
  call: Call,
  field: string,
  run: (operation: Value, index: number) => Promise<void>,
): Promise<Doc[] | undefined> {
  const errors: Doc[] = [];
  for (const [index, operation] of operationsOf(call, field).entries()) {
    try {
      await run(operation, index);
    } catch (error) {
      // A full disk, an internal error and the end of the time concern the whole command.
      if (!(error instanceof MongoError) || [1, 50, 14031].includes(error.code)) throw error;
      errors.push(writeError(index, error));
      if (isOrdered(call)) break;
    }
  }
  return errors.length ? errors : undefined;
}

async function update(call: Call): Promise<Reply> {
  const upserted: Value[] = [];
  let [matched, modified] = [0, 0];
  const writeErrors = await each(call, 'updates', async (operation, index) => {
    const result = await updateStatement(call, operation);
    matched += result.matched;
    modified += result.modified;
    if (result.upserted !== undefined) upserted.push(doc({ index: int(index), _id: result.upserted }));
  });
  return ok({
    n: int(matched),
    upserted: upserted.length ? upserted : undefined,
    nModified: int(modified),
    writeErrors,
  });
}

const UPDATE_FIELDS = words('q u c multi upsert arrayFilters hint collation sort');
const DELETE_FIELDS = words('q limit hint collation');

function checkStatement(statement: Value, fields: ReadonlySet<string>, name: string): Fields {
  if (!isDoc(statement)) throw new MongoError(14, `${name} statements must be objects`);
  for (const [field, value] of statement) {
    if (!fields.has(field)) throw refusal(`the option ${field} of the command ${name}`, 72);
    if (field === 'collation' && !isSimpleCollation(value)) throw refusal('a collation', 72);
  }
  return new Fields(statement);
}

async function updateStatement(call: Call, given: Value): Promise<UpdateResult> {
  const statement = checkStatement(given, UPDATE_FIELDS, 'update');
  const context = call.context(statement.get('c'));
  const multi = statement.isTrue('multi');
  const { sort, hint } = statement;
  if (multi && sort) throw new MongoError(9, 'Cannot specify sort with multi=true');
  const choice = { sort, hint, timeLimit: call.timeLimit };
  const request = {
    namespace: call.namespace,
    update: compileUpdate(statement.get('u'), statement.get('arrayFilters'), context),
    query: new Query(statement.document('q'), context, choice),
    upsert: statement.isTrue('upsert'),
  };
  if (multi && request.update.kind === 'replacement')
    throw new MongoError(9, 'multi update is not supported for replacement-style update');
  return multi ? updateMany(call.store, request) : updateOne(call.store, request);
}

async function remove(call: Call): Promise<Reply> {
  let removed = 0;
  const writeErrors = await each(call, 'deletes', async (operation) => {
    removed += await deleteStatement(call, checkStatement(operation, DELETE_FIELDS, 'delete'));
  });
  return ok({ n: int(removed), writeErrors });
}

async function deleteStatement(call: Call, statement: Fields): Promise<number> {
  const { store } = call;
  const query = new Query(statement.document('q'), call.context(), {
    hint: statement.hint,
    timeLimit: call.timeLimit,
  });
  const limit = statement.number('limit', 0);
  if (limit !== 0 && limit !== 1)
    throw new MongoError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  if (limit === 0)
    return changeAll(store, call.namespace, query, (collection, match) =>
      deleteDocument(store, collection, match),
    );
  return changeFirst(store, call.namespace, query, false, (collection, match) => {
    if (collection && match) deleteDocument(store, collection, match);
    return match ? 1 : 0;
  });
}
