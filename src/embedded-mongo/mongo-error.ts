import type { Doc } from './bson/value.js';

/** The code where a collection or index was dropped while it was read. */
export const DROPPED = 175;

const NAMES = new Map<number, string>([
  [1, 'InternalError'],
  [2, 'BadValue'],
  [9, 'FailedToParse'],
  [14, 'TypeMismatch'],
  [15, 'Overflow'],
  [16, 'InvalidLength'],
  [20, 'IllegalOperation'],
  [22, 'InvalidBSON'],
  [26, 'NamespaceNotFound'],
  [27, 'IndexNotFound'],
  [28, 'PathNotViable'],
  [40, 'ConflictingUpdateOperators'],
  [43, 'CursorNotFound'],
  [50, 'MaxTimeMSExpired'],
  [52, 'DollarPrefixedFieldName'],
  [54, 'NotSingleValueField'],
  [56, 'EmptyFieldName'],
  [59, 'CommandNotFound'],
  [66, 'ImmutableField'],
  [67, 'CannotCreateIndex'],
  [72, 'InvalidOptions'],
  [73, 'InvalidNamespace'],
  [85, 'IndexOptionsConflict'],
  [86, 'IndexKeySpecsConflict'],
  [115, 'CommandNotSupported'],
  [168, 'InvalidPipelineOperator'],
  [171, 'CannotIndexParallelArrays'],
  [DROPPED, 'QueryPlanKilled'],
  [197, 'InvalidIndexSpecificationOption'],
  [224, 'QueryFeatureNotAllowed'],
  [241, 'ConversionFailure'],
  [263, 'OperationNotSupportedInTransaction'],
  [10334, 'BSONObjectTooLarge'],
  [11000, 'DuplicateKey'],
  [14031, 'OutOfDiskSpace'],
]);

/** An answer with MongoDB's error code. `details` are further fields of the reply, such as keyPattern and keyValue. */
export class MongoError extends Error {
  override readonly name = 'MongoError';
  readonly codeName: string;

  constructor(
    readonly code: number,
    message: string,
    readonly details?: Doc,
    /** Not MongoDB's answer but that of a store which does not do what was asked. */
    readonly refused = false,
  ) {
    super(message);
    this.codeName = NAMES.get(code) ?? `Location${code}`;
  }
}

/** What lies outside the subset is named and refused, never answered differently than MongoDB would. */
export const refusal = (what: string, code = 115): MongoError =>
  new MongoError(
    code,
    `${what} is not supported by the embedded store; set MONGODB_URI to use a MongoDB server`,
    undefined,
    true,
  );
