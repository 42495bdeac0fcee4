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
import { type Call, command, type Commands, ok, type Reply } from '../command.js';
import { readQuery } from './read.js';

export const findAndModifyCommands: Commands = {
  findAndModify: command(
    'query sort remove update new fields upsert arrayFilters hint let bypassDocumentValidation',
    (call) => (call.isTrue('remove') ? removeFirst(call) : updateFirst(call)),
  ),
};

/** Makes the answer's document of a stored one. */
function projectionOf(call: Call): (bytes: Buffer | undefined) => Doc | null {
  const spec = call.document('fields');
  const project = spec.size ? compileProjection(spec, call.context(), 'modify') : undefined;
  return (bytes) => {
    if (!bytes) return null;
    return project ? project(decodeDocument(bytes)) : new RawDocument(bytes);
  };
}

async function removeFirst(call: Call): Promise<Reply> {
  for (const other of ['update', 'upsert', 'new']) {
    if (call.given.has(other) && (other === 'update' || call.isTrue(other)))
      throw new MongoError(9, `Cannot specify both ${other} and remove=true`);
  }
  const project = projectionOf(call);
  const query = readQuery(call, 'query', call.context());
  const removed = await changeFirst(call.store, call.namespace, query, false, (collection, match) => {
    if (collection && match) deleteDocument(call.store, collection, match);
    return match;
  });
  return ok({ lastErrorObject: doc({ n: int(removed ? 1 : 0) }), value: project(removed?.bytes) });
}

async function updateFirst(call: Call): Promise<Reply> {
  if (!call.given.has('update')) throw new MongoError(9, 'Either an update or remove=true must be specified');
  const context = call.context();
  const project = projectionOf(call);
  const result = await updateOne(call.store, {
    namespace: call.namespace,
    update: compileUpdate(call.get('update'), call.get('arrayFilters'), context),
    query: readQuery(call, 'query', context),
    upsert: call.isTrue('upsert'),
  });
  return ok({
    lastErrorObject: doc({
      n: int(result.matched),
      updatedExisting: result.matched > 0 && result.upserted === undefined,
      upserted: result.upserted,
    }),
    value: project(call.isTrue('new') ? result.after : result.before),
  });
}
