import { type Doc, isArray, isDoc, typeName, type Value } from '../bson/value.js';
import { isOperators } from '../language/match.js';

/** A condition on one path. `element` is the $elemMatch it stands in: its conditions hold for one array element. */
export interface Condition {
  readonly value: Value;
  readonly element: Doc | undefined;
}

export type Conditions = Map<string, Condition[]>;

/** The conditions that hold for every match, by path: top level fields and those within $and and $elemMatch. */
export function requiredConditions(filter: Doc): Conditions {
  const out: Conditions = new Map();
  collect(filter, '', undefined, out);
  return out;
}

function collect(filter: Doc, prefix: string, element: Doc | undefined, out: Conditions): void {
  for (const [name, operand] of filter) {
    if (name === '$and' && isArray(operand)) {
      for (const branch of operand) if (isDoc(branch)) collect(branch, prefix, element, out);
    } else if (!name.startsWith('$')) add(prefix + name, operand, element, out);
  }
}

function add(path: string, value: Value, element: Doc | undefined, out: Conditions): void {
  const present = out.get(path);
  if (present) present.push({ value, element });
  else out.set(path, [{ value, element }]);
  const inner = isOperators(value) ? value.get('$elemMatch') : undefined;
  if (!isDoc(inner)) return;
  const [first = ''] = inner.keys();
  const onValues = isOperators(inner) && first !== '$and' && first !== '$or' && first !== '$nor';
  if (onValues) add(path, inner, inner, out);
  else collect(inner, `${path}.`, inner, out);
}

/** The lists of branches of which each match meets one: every $or at the top or within $and. */
export function requiredChoices(filter: Doc): Value[][] {
  const out: Value[][] = [];
  for (const [name, operand] of filter) {
    if (!isArray(operand)) continue;
    if (name === '$or') out.push(operand);
    if (name === '$and')
      for (const branch of operand) if (isDoc(branch)) out.push(...requiredChoices(branch));
  }
  return out;
}

/** Whether a filter or pipeline has ranges from MinKey on or up to MaxKey, in which the server may miss empty fields. */
export function hasOpenRange(spec: Value): boolean {
  if (isArray(spec)) return spec.some(hasOpenRange);
  if (!isDoc(spec)) return false;
  return [...spec].some(
    ([name, value]) => OPEN_ENDS.has(`${name} ${typeName(value)}`) || hasOpenRange(value),
  );
}

const OPEN_ENDS = new Set(['$gt minKey', '$gte minKey', '$lt maxKey', '$lte maxKey']);

/** The top level fields that a filter reads; undefined when it may read any. */
export function fieldsRead(filter: Doc, out = new Set<string>()): Set<string> | undefined {
  for (const [name, operand] of filter) {
    if (!name.startsWith('$')) out.add(topField(name));
    else if (name === '$and' || name === '$or' || name === '$nor') {
      for (const branch of isArray(operand) ? operand : [])
        if (isDoc(branch) && !fieldsRead(branch, out)) return undefined;
    } else if (name !== '$comment') return undefined;
  }
  return out;
}

export const topField = (path: string): string => path.split('.', 1)[0] ?? '';
