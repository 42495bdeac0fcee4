import type { Value } from '../../bson/value.js';
import type { MatchContext } from '../match.js';
import type { Missing, Target } from './paths.js';

export interface UpdateOperator {
  /** What becomes of missing parents; they are created unless said otherwise. */
  readonly missing?: Missing;
  /** Reads the operand, and throws when it is malformed whether or not a document matches. */
  readonly compile: (operand: Value, context: MatchContext) => (target: Target) => void;
}
