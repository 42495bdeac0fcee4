import { Int32 } from 'bson';
import { show } from '../../bson/show.js';
import { type Doc, isArray, isDoc, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { compileAddFields } from '../add-fields.js';
import { compileExpression } from '../expression/compile.js';
import type { MatchContext } from '../match.js';
import { compileProjection } from '../project.js';

export type Transform = (document: Doc) => Doc;

/** Compiles a stage that turns each document into one other; undefined when the stage is of another kind. */
export function compileTransform(stage: Value, context: MatchContext): Transform | undefined {
  const [name, argument] = stageParts(stage);
  const scope = new Set(context.variables.keys());
  switch (name) {
    case '$project':
      return compileProjection(argument, context, false);
    case '$set':
    case '$addFields': {
      const lay = compileAddFields(argument, scope, name);
      return (root) => lay(root, { root, variables: context.variables, now: context.now });
    }
    case '$unset':
      return compileProjection(unsetFields(argument), context, false);
    case '$replaceRoot':
      if (!isDoc(argument) || argument.size !== 1 || !argument.has('newRoot'))
        throw new MongoError(40231, 'no newRoot specified for the $replaceRoot stage');
      return replaceRoot(argument.get('newRoot') ?? null, context, "'newRoot' expression ");
    case '$replaceWith':
      return replaceRoot(argument, context, "'replacement document' ");
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
  if (!names.length)
    throw new MongoError(31119, '$unset specification must be a string or an array with at least one field');
  return new Map(
    names.map((name) => {
      if (typeof name !== 'string')
        throw new MongoError(31002, '$unset specification must be a string or an array');
      return [name, new Int32(0)];
    }),
  );
}

function replaceRoot(spec: Value, context: MatchContext, what: string): Transform {
  const expression = compileExpression(spec, new Set(context.variables.keys()));
  return (root) => {
    const replaced = expression({ root, variables: context.variables, now: context.now });
    if (!isDoc(replaced))
      throw new MongoError(
        40228,
        `${what}must evaluate to an object, but resulting value was: ${replaced === undefined ? 'MISSING' : show(replaced)}`,
      );
    return replaced;
  };
}
