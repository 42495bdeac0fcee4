import type { Binary, BSONRegExp, Decimal128, Int32, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

/** A BSON document. A Map keeps the field order even for names that look like integers. */
export type Doc = Map<string, Value>;

/** A BSON value with its exact type: `number` is a double, `bigint` a 64-bit integer, `Int32` a 32-bit one. */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Int32
  | Decimal128
  | Date
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | MinKey
  | MaxKey
  | Value[]
  | Doc;

/** A value or nothing: what a path leads to. */
export type Maybe = Value | undefined;

export type Numeric = number | bigint | Int32 | Decimal128;

export type TypeName =
  | 'missing'
  | 'minKey'
  | 'null'
  | 'int'
  | 'long'
  | 'double'
  | 'decimal'
  | 'string'
  | 'object'
  | 'array'
  | 'binData'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'timestamp'
  | 'regex'
  | 'maxKey';

const BSON_CLASSES = {
  Int32: 'int',
  Decimal128: 'decimal',
  ObjectId: 'objectId',
  Binary: 'binData',
  BSONRegExp: 'regex',
  Timestamp: 'timestamp',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
} as const;

/** MongoDB's name of the type, as $type gives it. */
export function typeName(value: Maybe): TypeName {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'double';
    case 'bigint':
      return 'long';
    case 'boolean':
      return 'bool';
    case 'undefined':
      return 'missing';
    default:
      if (value === null) return 'null';
      if (value instanceof Map) return 'object';
      if (Array.isArray(value)) return 'array';
      if (value instanceof Date) return 'date';
      return BSON_CLASSES[value._bsontype];
  }
}

export const isDoc = (value: unknown): value is Doc => value instanceof Map;
export const isArray = (value: Maybe): value is Value[] => Array.isArray(value);
export const isNullish = (value: Maybe): value is null | undefined => value === null || value === undefined;

export const isInt32 = (value: Maybe): value is Int32 =>
  typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'Int32';
export const isDecimal = (value: Maybe): value is Decimal128 =>
  typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'Decimal128';
export const isRegex = (value: Maybe): value is BSONRegExp =>
  typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'BSONRegExp';
export const isObjectId = (value: Maybe): value is ObjectId =>
  typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'ObjectId';
export const isTimestamp = (value: Maybe): value is Timestamp =>
  typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'Timestamp';

export const isNumeric = (value: Maybe): value is Numeric =>
  typeof value === 'number' || typeof value === 'bigint' || isInt32(value) || isDecimal(value);

/** Builds a document from an object literal (field names that look like integers would be reordered). */
export const doc = (fields: Record<string, Maybe>): Doc => {
  const out: Doc = new Map();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) out.set(name, value);
  return out;
};

export function clone(value: Value): Value {
  if (Array.isArray(value)) return value.map(clone);
  return isDoc(value) ? cloneDoc(value) : value;
}

function cloneDoc(source: Doc): Doc {
  const out: Doc = new Map();
  for (const [name, value] of source) out.set(name, clone(value));
  return out;
}

/** The bytes of a Binary without the spare room of its buffer. */
export const binaryBytes = (value: Binary): Uint8Array => value.buffer.subarray(0, value.position);
