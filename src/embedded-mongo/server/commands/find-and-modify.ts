import { isTrue } from '../../bson/compare.js';
import { int } from '../../bson/number.js';
import { doc } from '../../bson/value.js';
import { compileFilter } from '../../language/match.js';
import { compileProjection } from '../../language/project.js';
import { compileUpdate } from '../../language/update/compile-update.js';
import { MongoError } from '../../mongo-error.js';
import { updateOne } from '../../query/apply-update.js';
import { firstMatch, type Query } from '../../query/find-matches.js';
import { deleteDocument } from '../../store/write-document.js';
import {
  type Call,
  type Command,
  type Commands,
  docField,
  matchContext,
  namespaceOf,
  ok,
  type Reply,
  sortField,
} from '../command.js';

const findAndModify: Command = {
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'arrayFilters',
    'hint',
    'let',
    'bypassDocumentValidation',
  ],
  run: (call) => (isTrue(call.command.get('remove')) ? removeFirst(call) : updateFirst(call)),
};

export const findAndModifyCommands: Commands = { findAndModify, findandmodify: findAndModify };

function queryOf({ command }: Call): Query {
  return { filter: docField(command, 'query'), sort: sortField(command).sort, hint: command.get('hint') };
}

function projectionOf(call: Call): ReturnType<typeof compileProjection> {
  const spec = docField(call.command, 'fields');
  return spec.size ? compileProjection(spec, matchContext(call), true) : (document) => document;
}

async function removeFirst(call: Call): Promise<Reply> {
  const { command, store } = call;
  if (command.has('update')) throw new MongoError(9, 'Cannot specify both an update and remove=true');
  if (isTrue(command.get('upsert')))
    throw new MongoError(9, 'Cannot specify both upsert=true and remove=true ');
  if (isTrue(command.get('new')))
    throw new MongoError(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  const query = queryOf(call);
  const context = matchContext(call);
  const project = projectionOf(call);
  compileFilter(query.filter, context);
  const namespace = namespaceOf(call);
  const removed = await store.write(() => {
    const collection = store.collections.get(namespace);
    const match = collection && firstMatch(store, collection, query, context);
    if (match) deleteDocument(store, collection, match);
    return match;
  });
  return ok({
    lastErrorObject: doc({ n: int(removed ? 1 : 0) }),
    value: removed ? project(removed.document, removed.found) : null,
  });
}

async function updateFirst(call: Call): Promise<Reply> {
  const { command, store } = call;
  if (!command.has('update')) throw new MongoError(9, 'Either an update or remove=true must be specified');
  const context = matchContext(call);
  const project = projectionOf(call);
  const request = {
    namespace: namespaceOf(call),
    query: queryOf(call),
    update: compileUpdate(command.get('update'), command.get('arrayFilters'), context),
    upsert: isTrue(command.get('upsert')),
    context,
  };
  compileFilter(request.query.filter, context);
  const result = await store.write(() => updateOne(store, request));
  const value = isTrue(command.get('new')) ? result.after : result.before;
  return ok({
    lastErrorObject: doc({
      n: int(result.matched),
      updatedExisting: result.matched > 0 && result.upserted === undefined,
      upserted: result.upserted,
    }),
    value: value ? project(value) : null,
  });
}
