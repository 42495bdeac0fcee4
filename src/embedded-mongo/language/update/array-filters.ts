import { isArray, isDoc, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { compileFilter, type MatchContext, type Predicate } from '../match.js';

/** The filters behind $[id] in update paths. */
export class ArrayFilters {
  private readonly filters = new Map<string, Predicate>();
  private readonly used = new Set<string>();

  constructor(specs: Maybe, context: MatchContext) {
    if (!isArray(specs ?? [])) throw new MongoError(14, 'arrayFilters must be an array');
    for (const spec of isArray(specs) ? specs : []) {
      const name = identifierOf(spec);
      if (this.filters.has(name)) throw new MongoError(9, `Found multiple array filters for ${name}`);
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
    for (const name of this.filters.keys())
      if (!this.used.has(name))
        throw new MongoError(9, `The array filter for '${name}' was not used in the update`);
  }
}

function namesIn(filter: Value): string[] {
  if (!isDoc(filter)) throw new MongoError(14, 'arrayFilters must hold objects');
  return [...filter].flatMap(([name, operand]) => {
    if (['$and', '$or', '$nor'].includes(name) && isArray(operand)) return operand.flatMap(namesIn);
    return matchesNothing(operand) ? [] : [name.split('.')[0] ?? ''];
  });
}

/** The server drops conditions that cannot hold before it looks for names. */
function matchesNothing(operand: Value): boolean {
  const list = isDoc(operand) && operand.size === 1 ? operand.get('$all') : undefined;
  return isArray(list) && list.length === 0;
}

function identifierOf(spec: Value): string {
  const names = new Set(namesIn(spec));
  const [name = ''] = names;
  if (names.size !== 1)
    throw new MongoError(
      9,
      `An array filter needs one top-level field name, found: ${[...names].join(', ')}`,
    );
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
    throw new MongoError(
      2,
      `An array filter's name is a lowercase letter, then letters and digits, not '${name}'`,
    );
  return name;
}
