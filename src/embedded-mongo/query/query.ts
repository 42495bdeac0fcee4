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

/** A compiled query. A class, as copying objects is slow. */
export class Query implements Choice {
  readonly matches: Predicate;
  /** The top level fields that filter and sort read; undefined when these may be any. */
  readonly reads: ReadonlySet<string> | undefined;
  readonly sort: SortPattern | undefined;
  readonly skip: number;
  readonly limit: number;
  readonly hint: Maybe;
  readonly timeLimit: TimeLimit | undefined;

  /** Throws what is wrong with the filter. */
  constructor(
    readonly filter: Doc,
    context: MatchContext,
    { sort, skip = 0, limit = 0, hint, timeLimit }: Choice = {},
  ) {
    this.matches = compileFilter(filter, context);
    this.reads = fieldsRead(filter, new Set(sort?.paths.map(([top = '']) => top)));
    this.sort = sort;
    this.skip = skip;
    this.limit = limit;
    this.hint = hint;
    this.timeLimit = timeLimit;
  }
}
