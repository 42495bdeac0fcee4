import { isArray, isDoc, type Value } from '../../bson/value.js';

/** Operators that the server's optimiser does not calculate beforehand. */
const LATE = ['$regexMatch', '$regexFind', '$regexFindAll', '$replaceOne', '$replaceAll'];

/** Whether an expression gives the same value for every document: it names no field and no variable. */
export function isConstant(spec: Value): boolean {
  if (typeof spec === 'string') return !spec.startsWith('$');
  if (isArray(spec)) return spec.every(isConstant);
  if (!isDoc(spec)) return true;
  if (LATE.some((name) => spec.has(name))) return false;
  return spec.has('$literal') || [...spec.values()].every(isConstant);
}
