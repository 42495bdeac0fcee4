import { type Doc, isArray, isDoc, type Maybe, typeName, type Value } from '../../bson/value.js';
import { show } from '../../bson/show.js';
import { MongoError, refusal } from '../../mongo-error.js';
import type { Found, MatchContext } from '../match.js';
import { compileTransform } from '../pipeline/transforms.js';
import { ArrayFilters } from './array-filters.js';
import { comparePaths, checkPaths } from './check-paths.js';
import { updateOperators } from './operators.js';
import { concretePaths, containerOf, readChild, writeChild } from './paths.js';
import type { UpdateOperator } from './types.js';

/** Whether the document is new, and where the positional operator points. */
export interface Situation {
  readonly inserting: boolean;
  readonly found: Found;
}

export interface Update {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /** The changed document; the one given belongs to the update and may be altered. */
  readonly apply: (document: Doc, situation: Situation) => Doc;
}

interface Step {
  readonly name: string;
  readonly operator: UpdateOperator | undefined;
  readonly path: readonly string[];
  readonly operand: Value;
}

/** Compiles an update: operators, a replacement document or a pipeline. */
export function compileUpdate(spec: Maybe, arrayFilters: Maybe, context: MatchContext): Update {
  const filters = new ArrayFilters(arrayFilters ?? [], context);
  if (isArray(spec)) {
    if (isArray(arrayFilters) && arrayFilters.length)
      throw new MongoError(9, 'arrayFilters may not be specified for pipeline-syle updates');
    return compilePipelineUpdate(spec, context);
  }
  if (!isDoc(spec)) throw new MongoError(9, 'Update argument must be either an object or an array');
  if (!spec.keys().next().value?.startsWith('$')) {
    if (isArray(arrayFilters) && arrayFilters.length)
      throw new MongoError(9, 'arrayFilters may not be specified for replacement updates');
    return compileReplacement(spec);
  }
  return compileOperators(spec, filters, context);
}

function compilePipelineUpdate(stages: Value[], context: MatchContext): Update {
  const transforms = stages.map((stage) => {
    const [name = ''] = isDoc(stage) ? stage.keys() : [];
    const transform = compileTransform(stage, context);
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
  for (const name of spec.keys()) {
    if (name.startsWith('$'))
      throw new MongoError(
        52,
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  }
  return {
    kind: 'replacement',
    apply: (document) => {
      const id = spec.get('_id') ?? document.get('_id');
      const out: Doc = new Map(id === undefined ? [] : [['_id', id]]);
      for (const [name, value] of spec) out.set(name, value);
      return out;
    },
  };
}

function compileOperators(spec: Doc, filters: ArrayFilters, context: MatchContext): Update {
  const steps = [...spec].flatMap(([name, fields]) => stepsOf(name, fields, context));
  checkPaths(
    steps.flatMap(({ name, path, operand }) => (name === '$rename' ? [path, renameTarget(operand)] : [path])),
    filters,
  );
  filters.checkAllUsed();
  steps.sort((a, b) => comparePaths(targetPath(a), targetPath(b)));
  return {
    kind: 'operators',
    apply: (document, situation) => {
      for (const step of steps) {
        if (step.name === '$rename') rename(document, step);
        else applyStep(document, step, situation, filters, context);
      }
      return document;
    },
  };
}

const targetPath = ({ name, path, operand }: Step): readonly string[] =>
  name === '$rename' ? renameTarget(operand) : path;

function stepsOf(name: string, fields: Value, context: MatchContext): Step[] {
  const operator = Object.hasOwn(updateOperators, name) ? updateOperators[name] : undefined;
  if (!operator && name !== '$rename') {
    if (name === '$bit' || name === '$pushAll') throw refusal(`the update operator ${name}`, 9);
    throw new MongoError(
      9,
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDoc(fields)) {
    throw new MongoError(
      9,
      `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${show(fields)}}`,
    );
  }
  return [...fields].map(([field, operand]) => {
    operator?.check?.(operand, context);
    if (name === '$rename') checkRename(field, operand);
    return { name, operator, path: field.split('.'), operand };
  });
}

/** $rename's operand has been checked to be text. */
const renameTarget = (operand: Value): string[] => (typeof operand === 'string' ? operand.split('.') : []);

function checkRename(field: string, operand: Value): void {
  if (typeof operand !== 'string')
    throw new MongoError(2, `The 'to' field for $rename must be a string: ${field}: ${show(operand)}`);
  if (operand === field)
    throw new MongoError(
      2,
      `The source and target field for $rename must differ: ${field}: ${show(operand)}`,
    );
  for (const path of [field, operand]) {
    if (path.split('.').some((part) => part.startsWith('$[')))
      throw new MongoError(2, `The source or destination field for $rename may not be dynamic: ${path}`);
    if (path.split('.').includes('$'))
      throw new MongoError(2, `The source or destination field for $rename may not be dynamic: ${path}`);
  }
}

function applyStep(
  document: Doc,
  step: Step,
  { inserting, found }: Situation,
  filters: ArrayFilters,
  context: MatchContext,
): void {
  const { operator, operand } = step;
  if (!operator) return;
  for (const path of concretePaths(document, step.path, found, filters)) {
    if (step.name === '$setOnInsert' && !inserting) continue;
    const container = containerOf(document, path, operator.missing ?? 'create');
    if (container)
      operator.apply(
        { container, name: path.at(-1) ?? '', path: path.join('.'), document },
        operand,
        context,
      );
  }
}

function rename(document: Doc, { path, operand }: Step): void {
  const source = containerOf(document, path, 'expect');
  const name = path.at(-1) ?? '';
  const value = source ? readChild(source, name) : undefined;
  if (!source || value === undefined) return;
  if (Array.isArray(source))
    throw new MongoError(2, `The source field cannot be an array element, '${path.join('.')}'`);
  crossesNoArray(document, path, 'source');
  const target = renameTarget(operand);
  crossesNoArray(document, target, 'destination');
  const destination = containerOf(document, target, 'create');
  source.delete(name);
  if (destination) writeChild(destination, target.at(-1) ?? '', value);
}

function crossesNoArray(document: Doc, path: readonly string[], role: string): void {
  let node: Maybe = document;
  for (const name of path.slice(0, -1)) {
    node = isDoc(node) ? node.get(name) : undefined;
    if (isArray(node))
      throw new MongoError(2, `The ${role} field cannot be an array element, '${path.join('.')}'`);
  }
}
