import { binaryBytes, type Doc, isDoc, type Value } from '../bson/value.js';

/** A document as canonical Extended JSON, which mongoimport reads without loss of types. */
export const toExtendedJson = (document: Doc): string =>
  `{${[...document].map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`).join(',')}}`;

function write(value: Value): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return wrapped('$numberDouble', doubleText(value));
  if (typeof value === 'bigint') return wrapped('$numberLong', String(value));
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (isDoc(value)) return toExtendedJson(value);
  if (value instanceof Date) return `{"$date":${wrapped('$numberLong', String(value.getTime()))}}`;
  switch (value._bsontype) {
    case 'Int32':
      return wrapped('$numberInt', String(value.value));
    case 'Decimal128':
      return wrapped('$numberDecimal', value.toString());
    case 'ObjectId':
      return wrapped('$oid', value.toHexString());
    case 'Binary':
      return `{"$binary":{"base64":"${Buffer.from(binaryBytes(value)).toString('base64')}","subType":"${value.sub_type.toString(16).padStart(2, '0')}"}}`;
    case 'BSONRegExp':
      return `{"$regularExpression":${JSON.stringify({ pattern: value.pattern, options: value.options })}}`;
    case 'Timestamp':
      return `{"$timestamp":{"t":${value.t},"i":${value.i}}}`;
    case 'MinKey':
      return '{"$minKey":1}';
    case 'MaxKey':
      return '{"$maxKey":1}';
  }
}

const wrapped = (name: string, text: string): string => `{"${name}":"${text}"}`;

function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}
