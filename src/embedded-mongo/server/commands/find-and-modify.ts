import { isTrue } from '../../bson/compare.js';
import { decodeDocument } from '../../bson/decode.js';
import { RawDocument } from '../../bson/encode.js';
import { int } from '../../bson/number.js';
import { type Doc, doc } from '../../bson/value.js';
import { compileProjection } from '../../language/project.js';
import { compileUpdate } from '../../language/update/compile-update.js';
import { MongoError } from '../../mongo-error.js';
import { updateOne } from '../../query/apply-update.js';
import { changeFirst } from '../../query/change-matches.js';
import { deleteDocument } from '../../store/write-document.js';
import {
  type Call,
  command,
  type Commands,
  docField,
  matchContext,
  namespaceOf,
  ok,
  type Reply,
} from '../command.js';
import { readQuery } from './read.js';

export const findAndModifyCommands: Commands = {
  findAndModify: command(
    'query sort remove update new fields upsert arrayFilters hint let bypassDocumentValidation',
    (call) => (isTrue(call.command.get('remove')) ? removeFirst(call) : updateFirst(call)),
  ),
};

/** Makes the answer's document of a stored one. */
function projectionOf(call: Call): (bytes: Buffer | undefined) => Doc | null {
  const spec = docField(call.command, 'fields');
  const project = spec.size ? compileProjection(spec, matchContext(call), true) : undefined;
  return (bytes) => {
    if (!bytes) return null;
    return project ? project(decodeDocument(bytes)) : new RawDocument(bytes);
  };
}

async function removeFirst(call: Call): Promise<Reply> {
  const { command: given, store } = call;
  for (const other of ['update', 'upsert', 'new']) {
    if (given.has(other) && (other === 'update' || isTrue(given.get(other))))
      throw new MongoError(9, `Cannot specify both ${other} and remove=true`);
  }
  const project = projectionOf(call);
  const query = readQuery(given, 'query', matchContext(call));
  const removed = await changeFirst(store, namespaceOf(call), query, false, (collection, match) => {
    if (collection && match) deleteDocument(store, collection, match);
    return match;
  });
  return ok({ lastErrorObject: doc({ n: int(removed ? 1 : 0) }), value: project(removed?.bytes) });
}

async function updateFirst(call: Call): Promise<Reply> {
  const { command: given, store } = call;
  if (!given.has('update')) throw new MongoError(9, 'Either an update or remove=true must be specified');
  const context = matchContext(call);
  const project = projectionOf(call);
  const result = await updateOne(store, {
    namespace: namespaceOf(call),
    update: compileUpdate(given.get('update'), given.get('arrayFilters'), context),
    query: readQuery(given, 'query', context),
    upsert: isTrue(given.get('upsert')),
  });
  return ok({
    lastErrorObject: doc({
      n: int(result.matched),
      updatedExisting: result.matched > 0 && result.upserted === undefined,
      upserted: result.upserted,
    }),
    value: project(isTrue(given.get('new')) ? result.after : result.before),
  });
}
