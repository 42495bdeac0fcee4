import type { Binary, BSONRegExp, Decimal128, ObjectId, Timestamp } from 'bson';
import { binaryBytes, type Doc, isDoc, isInt32, type Value } from './value.js';

/** Documents that are bytes already, sent as an array without decoding them. */
export class RawArray extends Array<Value> {
  constructor(readonly documents: readonly Buffer[]) {
    super();
  }
}

/** A document that is bytes already. */
export class RawDocument extends Map<string, Value> {
  constructor(readonly bytes: Buffer) {
    super();
  }
}

let buffer = Buffer.allocUnsafe(1 << 16);
let at = 0;

/** Encodes a document to BSON, behind as many free bytes as wanted. */
export function encodeDocument(document: Doc, free = 0): Buffer {
  at = free;
  writeDocument(document);
  const out = Buffer.from(buffer.subarray(0, at));
  if (buffer.length > 1 << 20) buffer = Buffer.allocUnsafe(1 << 16);
  return out;
}

function reserve(bytes: number): void {
  if (at + bytes <= buffer.length) return;
  const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + bytes + 1024));
  buffer.copy(larger, 0, 0, at);
  buffer = larger;
}

function writeDocument(document: Doc): void {
  const start = begin();
  for (const [name, value] of document) writeField(name, value);
  finish(start);
}

function writeArray(values: readonly Value[]): void {
  const start = begin();
  values.forEach((value, index) => writeField(String(index), value));
  finish(start);
}

function writeRawArray(documents: readonly Buffer[]): void {
  const start = begin();
  documents.forEach((bytes, index) => {
    const position = tag(String(index));
    buffer[position] = 0x03;
    writeBytes(bytes);
  });
  finish(start);
}

function begin(): number {
  reserve(4);
  at += 4;
  return at - 4;
}

function finish(start: number): void {
  reserve(1);
  buffer[at++] = 0;
  buffer.writeInt32LE(at - start, start);
}

/** Leaves room for the type byte, writes the name and gives the place of the type byte. */
function tag(name: string): number {
  reserve(name.length * 3 + 2);
  const position = at++;
  at += buffer.write(name, at);
  buffer[at++] = 0;
  return position;
}

function writeField(name: string, value: Value): void {
  const position = tag(name);
  // Evaluated before the index: writing may replace the buffer by a larger one.
  const type = writeValue(value);
  buffer[position] = type;
}

function writeValue(value: Value): number {
  switch (typeof value) {
    case 'string':
      writeString(value);
      return 0x02;
    case 'number':
      reserve(8);
      at = buffer.writeDoubleLE(value, at);
      return 0x01;
    case 'bigint':
      writeInt64(value);
      return 0x12;
    case 'boolean':
      reserve(1);
      buffer[at++] = value ? 1 : 0;
      return 0x08;
    default:
      return value === null ? 0x0a : writeObject(value);
  }
}

function writeObject(value: Exclude<Value, null | string | number | bigint | boolean>): number {
  if (value instanceof Date) {
    writeInt64(BigInt(value.getTime()));
    return 0x09;
  }
  if (Array.isArray(value)) {
    if (value instanceof RawArray) writeRawArray(value.documents);
    else writeArray(value);
    return 0x04;
  }
  if (isDoc(value)) {
    if (value instanceof RawDocument) writeBytes(value.bytes);
    else writeDocument(value);
    return 0x03;
  }
  if (isInt32(value)) {
    reserve(4);
    at = buffer.writeInt32LE(value.value, at);
    return 0x10;
  }
  return writeBsonClass(value);
}

type BsonClass = Extract<
  Value,
  ObjectId | Binary | BSONRegExp | Timestamp | Decimal128 | { _bsontype: 'MinKey' | 'MaxKey' }
>;

function writeBsonClass(value: BsonClass): number {
  switch (value._bsontype) {
    case 'ObjectId':
      writeBytes(value.id);
      return 0x07;
    case 'Decimal128':
      writeBytes(value.bytes);
      return 0x13;
    case 'Binary':
      writeBinary(value);
      return 0x05;
    case 'BSONRegExp':
      writeCString(value.pattern);
      writeCString(value.options);
      return 0x0b;
    case 'Timestamp':
      reserve(8);
      buffer.writeUInt32LE(value.i, at);
      buffer.writeUInt32LE(value.t, at + 4);
      at += 8;
      return 0x11;
    case 'MinKey':
      return 0xff;
    case 'MaxKey':
      return 0x7f;
  }
}

function writeInt64(value: bigint): void {
  reserve(8);
  at = buffer.writeBigInt64LE(value, at);
}

function writeString(value: string): void {
  reserve(value.length * 3 + 5);
  const length = buffer.write(value, at + 4);
  buffer.writeInt32LE(length + 1, at);
  at += 4 + length;
  buffer[at++] = 0;
}

function writeCString(value: string): void {
  reserve(value.length * 3 + 1);
  at += buffer.write(value, at);
  buffer[at++] = 0;
}

function writeBytes(bytes: Uint8Array): void {
  reserve(bytes.length);
  buffer.set(bytes, at);
  at += bytes.length;
}

function writeBinary(value: Binary): void {
  const bytes = binaryBytes(value);
  reserve(5);
  buffer.writeInt32LE(bytes.length, at);
  buffer[at + 4] = value.sub_type;
  at += 5;
  writeBytes(bytes);
}
