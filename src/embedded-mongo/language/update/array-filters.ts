import { isArray, isDoc, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { compileFilter, type MatchContext, type Predicate } from '../match.js';

/** The filters behind $[id] in update paths. */
export class ArrayFilters {
  private readonly filters = new Map<string, Predicate>();
  private readonly used = new Set<string>();

  constructor(specs: Value, context: MatchContext) {
    if (!isArray(specs)) throw new MongoError(14, 'arrayFilters must be an array');
    for (const spec of specs) {
      const name = identifierOf(spec);
      if (this.filters.has(name))
        throw new MongoError(9, `Found multiple array filters with the same top-level field name ${name}`);
      this.filters.set(name, compileFilter(spec, context));
    }
  }

  /** Notes that a path names a filter; an empty name is `$[]`, which needs none. */
  use(name: string, path: string): void {
    if (name === '') return;
    if (!this.filters.has(name))
      throw new MongoError(2, `No array filter found for identifier '${name}' in path '${path}'`);
    this.used.add(name);
  }

  accepts(name: string, element: Value): boolean {
    return name === '' || (this.filters.get(name)?.(new Map([[name, element]])) ?? false);
  }

  /** Throws when a filter was given that no path names. */
  checkAllUsed(): void {
    for (const name of this.filters.keys()) {
      if (!this.used.has(name))
        throw new MongoError(9, `The array filter for identifier '${name}' was not used in the update`);
    }
  }
}

/** The server drops conditions that cannot hold before it looks for names. */
function matchesNothing(operand: Value): boolean {
  const list = isDoc(operand) && operand.size === 1 ? operand.get('$all') : undefined;
  return isArray(list) && list.length === 0;
}

function identifierOf(spec: Value): string {
  const names = new Set<string>();
  const collect = (filter: Value): void => {
    if (!isDoc(filter)) throw new MongoError(14, 'arrayFilters must hold objects');
    for (const [name, operand] of filter) {
      if (['$and', '$or', '$nor'].includes(name) && isArray(operand)) operand.forEach(collect);
      else if (!matchesNothing(operand)) names.add(name.split('.')[0] ?? '');
    }
  };
  collect(spec);
  const [name = '', second] = names;
  if (names.size === 0)
    throw new MongoError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
  if (second !== undefined)
    throw new MongoError(
      9,
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${second}'`,
    );
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    throw new MongoError(
      2,
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
    );
  }
  return name;
}
