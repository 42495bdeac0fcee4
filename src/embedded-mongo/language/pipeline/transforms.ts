import { Int32 } from 'bson';
import { type Doc, isArray, isDoc, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { compileAddFields } from '../add-fields.js';
import { compileFor } from '../expression/compile.js';
import type { MatchContext } from '../match.js';
import { compileProjection } from '../project.js';

export type Transform = (document: Doc) => Doc;

/** Compiles a stage that turns each document into one other; undefined when the stage is of another kind. */
export function compileTransform(stage: Value, context: MatchContext): Transform | undefined {
  const [name, argument] = stageParts(stage);
  switch (name) {
    case '$project':
      return compileProjection(argument, context, 'stage');
    case '$set':
    case '$addFields':
      return compileAddFields(argument, context);
    case '$unset':
      return compileProjection(unsetFields(argument), context, 'stage');
    case '$replaceRoot':
      if (!isDoc(argument) || argument.size !== 1 || !argument.has('newRoot'))
        throw new MongoError(40231, 'no newRoot specified for the $replaceRoot stage');
      return replaceRoot(argument.get('newRoot') ?? null, context);
    case '$replaceWith':
      return replaceRoot(argument, context);
    default:
      return undefined;
  }
}

/** Name and argument of a stage. */
export function stageParts(stage: Value): [string, Value] {
  if (!isDoc(stage)) throw new MongoError(14, "Each element of the 'pipeline' array must be an object");
  const [entry] = stage;
  if (!entry || stage.size !== 1)
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return entry;
}

function unsetFields(argument: Value): Doc {
  const names = isArray(argument) ? argument : [argument];
  if (!names.length) throw new MongoError(31119, '$unset needs at least one field');
  return new Map(
    names.map((name) => {
      if (typeof name !== 'string')
        throw new MongoError(31002, '$unset takes a string or an array of strings');
      return [name, new Int32(0)];
    }),
  );
}

function replaceRoot(spec: Value, context: MatchContext): Transform {
  const expression = compileFor(spec, context);
  return (root) => {
    const replaced = expression(root);
    if (!isDoc(replaced))
      throw new MongoError(40228, `the new root must be an object, not ${typeName(replaced)}`);
    return replaced;
  };
}
