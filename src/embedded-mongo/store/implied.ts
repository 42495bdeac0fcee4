import { compare, equal, isTrue, rank } from '../bson/compare.js';
import { type Doc, doc, isArray, isDoc, isRegex, type Value } from '../bson/value.js';
import { compileFilter, isOperators } from '../language/match.js';
import { requiredConditions } from './conditions.js';

const CONTEXT = { variables: new Map(), now: new Date(0) };

/** Whether every document that a filter matches lies in a partial index. When in doubt: no. */
export function isImplied(partial: Doc, filter: Doc): boolean {
  const conditions = requiredConditions(filter);
  return [...partial].every(([name, operand]) => {
    if (name === '$and' && isArray(operand))
      return operand.every((branch) => isDoc(branch) && isImplied(branch, filter));
    if (name === '$or' && isArray(operand))
      return operand.some((branch) => isDoc(branch) && isImplied(branch, filter));
    const given = (conditions.get(name) ?? []).filter(({ element }) => !element);
    const needed = isOperators(operand) ? [...operand] : ([['$eq', operand]] as [string, Value][]);
    return needed.every(([operator, value]) =>
      given.some((condition) => implies(condition.value, operator, value)),
    );
  });
}

function implies(condition: Value, operator: string, needed: Value): boolean {
  if (!isOperators(condition)) return valueImplies(condition, operator, needed);
  return [...condition].some(([name, operand]) => {
    if (name === '$eq') return valueImplies(operand, operator, needed);
    if (name === '$in')
      return (
        isArray(operand) &&
        operand.length > 0 &&
        operand.every((value) => valueImplies(value, operator, needed))
      );
    if (name === operator && equal(operand, needed)) return true;
    return rangeImplies(name, operand, operator, needed);
  });
}

/** A document that equals the value meets the condition, and so does one that has it among others in an array. */
function valueImplies(value: Value, operator: string, needed: Value): boolean {
  if (value === null || isArray(value) || isRegex(value)) return false;
  return compileFilter(doc({ v: doc({ [operator]: needed }) }), CONTEXT)(doc({ v: value }));
}

function rangeImplies(name: string, operand: Value, operator: string, needed: Value): boolean {
  const ranged = ['$gt', '$gte', '$lt', '$lte'].includes(name) && operand !== null;
  if (!ranged) return false;
  if (operator === '$exists') return isTrue(needed);
  if (operator === '$type') return valueImplies(operand, operator, needed) && rank(operand) !== rank(0);
  if (operator.slice(0, 3) !== name.slice(0, 3) || rank(operand) !== rank(needed)) return false;
  const order = compare(operand, needed);
  const inside = name.startsWith('$g') ? order > 0 : order < 0;
  return inside || (order === 0 && (operator.endsWith('e') || !name.endsWith('e')));
}
