import type { Doc, Value } from '../../bson/value.js';
import type { MatchContext } from '../match.js';
import type { Container, Missing } from './paths.js';

/** The place in a document that an operator changes. */
export interface Target {
  readonly container: Container;
  readonly name: string;
  /** Dotted path, for messages. */
  readonly path: string;
  readonly document: Doc;
}

export interface UpdateOperator {
  /** Throws when the operand is malformed, whether or not a document matches. */
  readonly check?: (operand: Value, context: MatchContext) => void;
  /** What becomes of missing parents; they are created unless said otherwise. */
  readonly missing?: Missing;
  readonly apply: (target: Target, operand: Value, context: MatchContext) => void;
}
