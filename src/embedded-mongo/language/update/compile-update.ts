import { type Doc, isArray, isDoc, type Maybe, typeName, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import type { Found, MatchContext } from '../match.js';
import { compileTransform, stageParts } from '../pipeline/transforms.js';
import { ArrayFilters } from './array-filters.js';
import { checkPaths, checkUntouched, comparePaths } from './check-paths.js';
import { updateOperators } from './operators.js';
import { concretePaths, targetAt } from './paths.js';

/** Whether the document is new, and where the positional operator points. */
export interface Situation {
  readonly inserting: boolean;
  readonly found: Found;
  /** Set by an update that counts as a change even when the document stays as it was. */
  counted?: boolean;
}

export interface Update {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /** The changed document; the one given belongs to the update and may be altered. */
  readonly apply: (document: Doc, situation: Situation) => Doc;
}

/** One change of one field. */
interface Step {
  readonly paths: readonly (readonly string[])[];
  readonly apply: (document: Doc, situation: Situation, touched: string[][] | undefined) => void;
}

/** Compiles an update: operators, a replacement document or a pipeline. */
export function compileUpdate(spec: Maybe, arrayFilters: Maybe, context: MatchContext): Update {
  const filters = new ArrayFilters(arrayFilters, context);
  if (isDoc(spec) && spec.keys().next().value?.startsWith('$'))
    return compileOperators(spec, filters, context);
  if (!isDoc(spec) && !isArray(spec)) throw new MongoError(9, 'An update must be an object or an array');
  if (isArray(arrayFilters) && arrayFilters.length)
    throw new MongoError(9, 'arrayFilters may be specified for updates by operators only');
  return isDoc(spec) ? compileReplacement(spec) : compilePipelineUpdate(spec, context);
}

function compilePipelineUpdate(stages: Value[], context: MatchContext): Update {
  const transforms = stages.map((stage) => {
    const [name] = stageParts(stage);
    const transform = compileTransform(stage, { ...context, isUpdate: true });
    if (!transform) throw refusal(`the stage ${name} in an update`, 72);
    return transform;
  });
  return {
    kind: 'pipeline',
    apply: (document) => {
      const changed = transforms.reduce((current, transform) => transform(current), document);
      const id = document.get('_id');
      return changed.has('_id') || id === undefined ? changed : new Map([['_id', id], ...changed]);
    },
  };
}

function compileReplacement(spec: Doc): Update {
  for (const name of spec.keys())
    if (name.startsWith('$'))
      throw new MongoError(
        52,
        `The dollar prefixed field '${name}' is not allowed in a replacement document.`,
      );
  return {
    kind: 'replacement',
    apply: (document) => {
      const id = spec.get('_id') ?? document.get('_id');
      return new Map(id === undefined ? spec : [['_id', id], ...spec]);
    },
  };
}

function compileOperators(spec: Doc, filters: ArrayFilters, context: MatchContext): Update {
  const steps = [...spec].flatMap(([name, fields]) => stepsOf(name, fields, filters, context));
  checkPaths(
    steps.flatMap(({ paths }) => paths),
    filters,
  );
  filters.checkAllUsed();
  const isPositional = steps.some(({ paths }) => paths.flat().some((part) => part.startsWith('$')));
  steps.sort((a, b) => comparePaths(a.paths.at(-1) ?? [], b.paths.at(-1) ?? []));
  return {
    kind: 'operators',
    apply: (document, situation) => {
      const touched = isPositional ? [] : undefined;
      for (const step of steps) step.apply(document, situation, touched);
      return document;
    },
  };
}

function stepsOf(name: string, fields: Value, filters: ArrayFilters, context: MatchContext): Step[] {
  if (name === '$bit' || name === '$pushAll') throw refusal(`the update operator ${name}`, 9);
  if (name !== '$rename' && !Object.hasOwn(updateOperators, name))
    throw new MongoError(9, `Unknown modifier: ${name}`);
  if (!isDoc(fields))
    throw new MongoError(9, `${name} needs an object of fields and values, not ${typeName(fields)}`);
  return [...fields].map(([field, operand]) =>
    name === '$rename'
      ? renameStep(field, operand)
      : fieldStep(name, field.split('.'), operand, filters, context),
  );
}

function fieldStep(
  name: string,
  path: string[],
  operand: Value,
  filters: ArrayFilters,
  context: MatchContext,
): Step {
  const operator = updateOperators[name];
  const change = operator?.compile(operand, context);
  return {
    paths: [path],
    apply: (document, situation, touched) => {
      const concretes = concretePaths(document, path, situation.found, filters);
      if (touched) checkUntouched(concretes, touched);
      for (const concrete of concretes) {
        if (name === '$setOnInsert' && !situation.inserting) continue;
        const target = targetAt(document, concrete, operator?.missing ?? 'create');
        if (target) change?.(target);
        if (target?.counted) situation.counted = true;
      }
    },
  };
}

function renameStep(field: string, operand: Value): Step {
  if (typeof operand !== 'string')
    throw new MongoError(2, `The 'to' field for $rename must be a string, not ${typeName(operand)}`);
  if (operand === field)
    throw new MongoError(2, `The source and target field for $rename must differ: ${field}`);
  const [from, to] = [field.split('.'), operand.split('.')];
  if ([...from, ...to].some((part) => part === '$' || part.startsWith('$[')))
    throw new MongoError(2, `The source or destination field for $rename may not be dynamic: ${field}`);
  return {
    paths: [from, to],
    apply: (document, _situation, touched) => {
      if (touched) checkUntouched([from, to], touched);
      const source = targetAt(document, from, 'expect');
      const value = source?.read();
      if (!source || value === undefined) return;
      crossesNoArray(document, from);
      crossesNoArray(document, to);
      const destination = targetAt(document, to, 'create');
      source.remove();
      destination?.write(value);
    },
  };
}

function crossesNoArray(document: Doc, path: readonly string[]): void {
  let node: Maybe = document;
  for (const name of path.slice(0, -1)) {
    node = isDoc(node) ? node.get(name) : undefined;
    if (isArray(node)) throw new MongoError(2, `$rename cannot go into an array: '${path.join('.')}'`);
  }
}
