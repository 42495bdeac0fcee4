import type { Doc } from '../../bson/value.js';
import type { MatchContext } from '../match.js';

/** Documents in portions, as they flow from stage to stage. */
export type Flow = AsyncGenerator<Doc[], void>;

export interface PipelineContext extends MatchContext {
  /** Documents of another collection that match a filter, for $lookup. */
  readonly foreign: (collection: string, filter: Doc) => Flow;
}

export type Stage = (input: Flow) => Flow;
