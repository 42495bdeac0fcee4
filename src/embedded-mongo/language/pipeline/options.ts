import { type Doc, isDoc, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';

/** The options of a stage: an object with no other names than these. */
export function stageOptions(
  stage: string,
  spec: Value,
  names: readonly string[],
  notObject: number,
  unknown: number,
): Doc {
  if (!isDoc(spec)) throw new MongoError(notObject, `${stage} needs an object, not ${typeName(spec)}`);
  for (const name of spec.keys())
    if (!names.includes(name)) throw new MongoError(unknown, `unknown option of ${stage}: ${name}`);
  return spec;
}
