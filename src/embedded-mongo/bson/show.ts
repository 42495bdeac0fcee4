import { binaryBytes, isDoc, type Maybe } from './value.js';

/** A value as MongoDB writes it into error messages. */
export function show(value: Maybe): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.length ? `[ ${value.map(show).join(', ')} ]` : '[]';
  if (isDoc(value)) return showDoc(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  switch (value._bsontype) {
    case 'ObjectId':
      return `ObjectId('${value.toHexString()}')`;
    case 'Int32':
      return String(value.value);
    case 'Binary':
      return `BinData(${value.sub_type}, ${Buffer.from(binaryBytes(value)).toString('hex').toUpperCase()})`;
    case 'BSONRegExp':
      return `/${value.pattern}/${value.options}`;
    case 'Timestamp':
      return `Timestamp(${value.t}, ${value.i})`;
    case 'Decimal128':
      return value.toString();
    case 'MinKey':
    case 'MaxKey':
      return value._bsontype;
  }
}

function showDoc(value: Map<string, Maybe>): string {
  if (value.size === 0) return '{}';
  return `{ ${[...value].map(([name, inner]) => `${name}: ${show(inner)}`).join(', ')} }`;
}
