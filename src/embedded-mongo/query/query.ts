import type { Doc, Maybe } from '../bson/value.js';
import { compileFilter, type MatchContext, type Predicate } from '../language/match.js';
import type { SortPattern } from '../language/sort-pattern.js';
import { fieldsRead } from '../store/conditions.js';
import type { TimeLimit } from './breathe.js';

/** What besides the filter says which documents are meant. */
export interface Choice {
  readonly sort?: SortPattern | undefined;
  readonly skip?: number | undefined;
  /** 0 or undefined: all. */
  readonly limit?: number | undefined;
  readonly hint?: Maybe;
  readonly timeLimit?: TimeLimit | undefined;
}

export interface Query extends Choice {
  readonly filter: Doc;
  readonly matches: Predicate;
  /** The top level fields that filter and sort read; undefined when these may be any. */
  readonly reads: ReadonlySet<string> | undefined;
}

/** Compiles a query. Throws what is wrong with its filter. */
export function makeQuery(filter: Doc, context: MatchContext, choice: Choice = {}): Query {
  const sorted = new Set(choice.sort?.paths.map(([top = '']) => top));
  return { ...choice, filter, matches: compileFilter(filter, context), reads: fieldsRead(filter, sorted) };
}
