import { isTrue } from '../../bson/compare.js';
import { int } from '../../bson/number.js';
import { type Doc, doc, isDoc, type Value } from '../../bson/value.js';
import { compileFilter } from '../../language/match.js';
import { compileUpdate } from '../../language/update/compile-update.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { updateMany, updateOne, type UpdateRequest } from '../../query/apply-update.js';
import { findMatches, firstMatch, type Query } from '../../query/find-matches.js';
import { MATCHES_PER_COMMIT, stillMatching } from '../../query/recheck.js';
import type { Collection } from '../../store/collection.js';
import { withId } from '../../store/document-id.js';
import { deleteDocument, insertDocument } from '../../store/write-document.js';
import {
  arrayField,
  type Call,
  collectionOf,
  type Commands,
  docField,
  isOrdered,
  matchContext,
  namespaceOf,
  numberField,
  ok,
  type Reply,
  sortField,
} from '../command.js';

export const writeCommands: Commands = {
  insert: { fields: ['documents', 'ordered', 'bypassDocumentValidation'], run: insert },
  update: { fields: ['updates', 'ordered', 'let', 'bypassDocumentValidation'], run: update },
  delete: { fields: ['deletes', 'ordered', 'let'], run: remove },
};

const MOST_OPERATIONS = 100_000;

function checkBatch(operations: Value[]): void {
  if (operations.length === 0 || operations.length > MOST_OPERATIONS) {
    throw new MongoError(
      16,
      `Write batch sizes must be between 1 and ${MOST_OPERATIONS}. Got ${operations.length} operations.`,
    );
  }
}

/** An error of one operation within a batch. */
const writeError = (index: number, error: MongoError): Doc =>
  new Map([
    ...doc({ index: int(index), code: int(error.code), errmsg: error.message }),
    ...(error.details ?? []),
  ]);

/** The collection, created on first use; only within a write. */
const ensured = ({ store }: Call, namespace: string): Collection =>
  store.collections.get(namespace) ?? store.createCollection(namespace, new Map());

async function insert(call: Call): Promise<Reply> {
  const { command, store } = call;
  const documents = arrayField(command, 'documents');
  checkBatch(documents);
  const namespace = namespaceOf(call);
  const ordered = isOrdered(command);
  const errors: Doc[] = [];
  let inserted = 0;
  // A large batch is spread over several commits, so that others are not held up.
  for (let start = 0; start < documents.length; start += MATCHES_PER_COMMIT) {
    const part = documents.slice(start, start + MATCHES_PER_COMMIT);
    await store.write(() => {
      const collection = ensured(call, namespace);
      for (const [offset, document] of part.entries()) {
        const error = attempt(() => insertDocument(store, collection, withId(document)));
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

async function update(call: Call): Promise<Reply> {
  const { command } = call;
  const statements = arrayField(command, 'updates');
  checkBatch(statements);
  const ordered = isOrdered(command);
  const errors: Doc[] = [];
  const upserted: Value[] = [];
  let [matched, modified] = [0, 0];
  for (const [index, statement] of statements.entries()) {
    try {
      const result = await updateStatement(call, statement);
      matched += result.matched;
      modified += result.modified;
      if (result.upserted !== undefined) upserted.push(doc({ index: int(index), _id: result.upserted }));
    } catch (error) {
      if (!(error instanceof MongoError) || error.code === 14031 || error.code === 1) throw error;
      errors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  return ok({
    n: int(matched),
    upserted: upserted.length ? upserted : undefined,
    nModified: int(modified),
    writeErrors: errors.length ? errors : undefined,
  });
}

const UPDATE_FIELDS = ['q', 'u', 'c', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'sort'];

function checkStatement(statement: Value, fields: readonly string[], command: string): Doc {
  if (!isDoc(statement)) throw new MongoError(14, `${command} statements must be objects`);
  for (const [field, value] of statement) {
    if (!fields.includes(field)) throw refusal(`the option ${field} of the command ${command}`, 72);
    const locale = isDoc(value) ? (value.get('locale') ?? 'simple') : 'simple';
    if (field === 'collation' && locale !== 'simple') throw refusal('a collation', 72);
  }
  return statement;
}

async function updateStatement(call: Call, given: Value): ReturnType<typeof updateMany> {
  const statement = checkStatement(given, UPDATE_FIELDS, 'update');
  const context = matchContext(call, statement.get('c'));
  const multi = isTrue(statement.get('multi'));
  const spec = statement.get('u');
  const { sort } = sortField(statement);
  if (multi && sort) throw new MongoError(9, 'Cannot specify sort with multi=true');
  const request: UpdateRequest = {
    namespace: namespaceOf(call),
    query: { filter: docField(statement, 'q'), sort, hint: statement.get('hint') },
    update: compileUpdate(spec, statement.get('arrayFilters'), context),
    upsert: isTrue(statement.get('upsert')),
    context,
  };
  compileFilter(request.query.filter, context);
  if (multi && request.update.kind === 'replacement')
    throw new MongoError(9, 'multi update is not supported for replacement-style update');
  return multi ? updateMany(call.store, request) : call.store.write(() => updateOne(call.store, request));
}

async function remove(call: Call): Promise<Reply> {
  const { command } = call;
  const statements = arrayField(command, 'deletes');
  checkBatch(statements);
  const errors: Doc[] = [];
  let removed = 0;
  for (const [index, statement] of statements.entries()) {
    try {
      removed += await deleteStatement(
        call,
        checkStatement(statement, ['q', 'limit', 'hint', 'collation'], 'delete'),
      );
    } catch (error) {
      if (!(error instanceof MongoError) || error.code === 14031 || error.code === 1) throw error;
      errors.push(writeError(index, error));
      if (isOrdered(command)) break;
    }
  }
  return ok({ n: int(removed), writeErrors: errors.length ? errors : undefined });
}

async function deleteStatement(call: Call, statement: Doc): Promise<number> {
  const { store } = call;
  const context = matchContext(call);
  const query: Query = { filter: docField(statement, 'q'), hint: statement.get('hint') };
  const matches = compileFilter(query.filter, context);
  const limit = numberField(statement, 'limit', 0);
  if (limit !== 0 && limit !== 1)
    throw new MongoError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  const collection = collectionOf(call);
  if (!collection) return 0;
  if (limit === 1) {
    return store.write(() => {
      const match = firstMatch(store, collection, query, context);
      if (match) deleteDocument(store, collection, match);
      return match ? 1 : 0;
    });
  }
  let removed = 0;
  const records: number[] = [];
  for await (const part of findMatches(store, collection, query, context))
    records.push(...part.map(({ record }) => record));
  for (let start = 0; start < records.length; start += MATCHES_PER_COMMIT) {
    removed += await store.write(() => {
      const current = stillMatching(
        store,
        collection,
        records.slice(start, start + MATCHES_PER_COMMIT),
        matches,
      );
      for (const match of current) deleteDocument(store, collection, match);
      return current.length;
    });
  }
  return removed;
}
