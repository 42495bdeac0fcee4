import { createHash } from 'node:crypto';
import type { Binary, BSONRegExp } from 'bson';
import { rank } from '../bson/compare.js';
import { hashKey } from '../bson/hash-key.js';
import { compareNumbers, toNumber } from '../bson/number.js';
import { binaryBytes, type Doc, isDecimal, isInt32, type Numeric, type Value } from '../bson/value.js';
import { EMPTY_ARRAY, type KeyPart } from '../language/key-tuples.js';

const EMPTY_ARRAY_BYTE = 3;
const NUMBER_BYTE = 10;
/** LMDB takes keys of 1,978 bytes; ten of them are the index and the record. */
const LONGEST = 1900;
/** Bytes of a too long key that are kept in order; the rest is a hash. */
export const KEPT_BYTES = 1860;

export interface EncodedKey {
  readonly bytes: Buffer;
  /** false when the bytes no longer order exactly as the values do: such an index must not serve sorts. */
  readonly exact: boolean;
}

/** Encodes a tuple of values so that the order of the bytes is the order of the values; -1 reverses a field. */
export function encodeKey(parts: readonly KeyPart[], directions: readonly (1 | -1)[]): EncodedKey {
  writer.begin();
  for (let i = 0; i < parts.length; i += 1) writer.part(parts[i], directions[i] ?? 1);
  const bytes = writer.finish();
  if (bytes.length <= LONGEST) return { bytes, exact: writer.exact };
  const hash = createHash('sha256').update(bytes).digest();
  return { bytes: Buffer.concat([bytes.subarray(0, KEPT_BYTES), hash]), exact: false };
}

/** The part of a value's encoding on which bounds may rely: numbers without what a double cannot hold. */
export function encodeBound(value: Value): Buffer {
  writer.begin();
  writer.part(value, 1);
  const bytes = writer.finish();
  return bytes[0] === NUMBER_BYTE ? bytes.subarray(0, 10) : bytes;
}

/** The first key after every key that begins with these bytes. */
export function successor(bytes: Buffer): Buffer {
  const out = Buffer.from(bytes);
  for (let i = out.length - 1; i >= 0; i -= 1) {
    const byte = out[i] ?? 0;
    if (byte < 255) {
      out[i] = byte + 1;
      return out.subarray(0, i + 1);
    }
  }
  return Buffer.alloc(2, 255);
}

export const inverted = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));

/** What follows a number that its double holds exactly. */
const NO_REST = Uint8Array.of(0x80, 0x80, 0, 0, 0, 0, 0, 0, 0);

class KeyWriter {
  private buffer = Buffer.allocUnsafe(256);
  private at = 0;
  exact = true;

  begin(): void {
    this.at = 0;
    this.exact = true;
  }

  part(part: KeyPart, direction: 1 | -1): void {
    const start = this.at;
    if (part === EMPTY_ARRAY) this.byte(EMPTY_ARRAY_BYTE);
    else this.value(part ?? null);
    if (direction < 0) for (let i = start; i < this.at; i += 1) this.buffer[i] = (this.buffer[i] ?? 0) ^ 0xff;
  }

  finish(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.at));
  }

  private reserve(length: number): void {
    if (this.at + length <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe((this.at + length) * 2);
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }

  private byte(byte: number): void {
    this.reserve(1);
    this.buffer[this.at++] = byte;
  }

  private bytes(bytes: ArrayLike<number>): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  private value(value: Value): void {
    this.byte(rank(value));
    this.body(value);
  }

  private body(value: Value): void {
    if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number' || typeof value === 'bigint') this.number(value);
    else if (typeof value === 'boolean') this.byte(value ? 1 : 0);
    else if (value instanceof Date) this.int64(BigInt(value.getTime()));
    else if (value instanceof Map) this.document(value);
    else if (Array.isArray(value)) this.array(value);
    else if (value !== null) this.bsonClass(value);
  }

  private bsonClass(value: Extract<Value, { _bsontype: string }>): void {
    switch (value._bsontype) {
      case 'Int32':
      case 'Decimal128':
        this.number(value);
        break;
      case 'ObjectId':
        this.bytes(value.id);
        break;
      case 'Binary':
        this.binary(value);
        break;
      case 'BSONRegExp':
        this.regex(value);
        break;
      case 'Timestamp':
        this.reserve(8);
        this.at = this.buffer.writeUInt32BE(value.t, this.at);
        this.at = this.buffer.writeUInt32BE(value.i, this.at);
        break;
      case 'MinKey':
      case 'MaxKey':
    }
  }

  /** Text ends with 00 01 and a null byte within it is written 00 FF, so that shorter texts come first. */
  private text(value: string): void {
    if (value.includes('\0'))
      for (const byte of Buffer.from(value)) this.bytes(byte === 0 ? [0, 0xff] : [byte]);
    else {
      this.reserve(value.length * 3);
      this.at += this.buffer.write(value, this.at);
    }
    this.bytes([0, 1]);
  }

  private int64(value: bigint): void {
    this.reserve(8);
    this.buffer.writeBigInt64BE(value, this.at);
    this.buffer[this.at] = (this.buffer[this.at] ?? 0) ^ 0x80;
    this.at += 8;
  }

  /** The nearest double, then what it cannot hold: equal values of different types get equal bytes. */
  private number(value: Numeric): void {
    const nearest = toNumber(value);
    this.double(nearest);
    if (typeof value === 'number' || isInt32(value)) {
      this.bytes(NO_REST);
      return;
    }
    const rest = Number.isFinite(nearest) ? exactRest(value, nearest) : 0n;
    if (rest !== undefined && (Number.isFinite(nearest) || compareNumbers(value, nearest) === 0)) {
      this.byte(0x80);
      this.int64(rest);
      return;
    }
    this.exact = false;
    this.byte(compareNumbers(value, nearest) < 0 ? 0x7f : 0x81);
    this.bytes(createHash('sha256').update(hashKey(value)).digest().subarray(0, 8));
  }

  private double(value: number): void {
    this.reserve(9);
    if (Number.isNaN(value)) {
      this.byte(0);
      this.bytes(Buffer.alloc(8));
      return;
    }
    this.byte(1);
    this.buffer.writeDoubleBE(value === 0 ? 0 : value, this.at);
    const negative = ((this.buffer[this.at] ?? 0) & 0x80) !== 0;
    for (let i = this.at; i < this.at + 8; i += 1) {
      const byte = this.buffer[i] ?? 0;
      this.buffer[i] = negative ? byte ^ 0xff : i === this.at ? byte ^ 0x80 : byte;
    }
    this.at += 8;
  }

  private document(value: Doc): void {
    for (const [name, inner] of value) {
      this.byte(rank(inner));
      this.text(name);
      this.body(inner);
    }
    this.byte(0);
  }

  private array(values: Value[]): void {
    for (const value of values) this.value(value);
    this.byte(0);
  }

  private binary(value: Binary): void {
    const bytes = binaryBytes(value);
    this.reserve(5);
    this.at = this.buffer.writeUInt32BE(bytes.length, this.at);
    this.byte(value.sub_type);
    this.bytes(bytes);
  }

  private regex(value: BSONRegExp): void {
    this.text(value.pattern);
    this.text(value.options);
  }
}

const writer = new KeyWriter();

/** What a number holds beyond its nearest double, when that is a whole number; undefined when it is not. */
function exactRest(value: Numeric, nearest: number): bigint | undefined {
  if (typeof value === 'bigint') return value - BigInt(nearest);
  if (!isDecimal(value) || compareNumbers(value, nearest) === 0) return 0n;
  if (Math.abs(nearest) < 2 ** 53 || Math.abs(nearest) > 2 ** 63) return undefined;
  const [whole] = value.toString().split('.');
  if (whole === undefined || !/^-?\d+$/.test(whole) || compareNumbers(value, BigInt(whole)) !== 0)
    return undefined;
  return BigInt(whole) - BigInt(nearest);
}
