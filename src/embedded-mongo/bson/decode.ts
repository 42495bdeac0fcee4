import { Binary, BSONRegExp, Decimal128, Int32, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { MongoError, refusal } from '../mongo-error.js';
import type { Doc, Value } from './value.js';

const REFUSED_TYPES: Record<number, string> = {
  0x06: 'the BSON type undefined',
  0x0c: 'the BSON type dbPointer',
  0x0d: 'the BSON type javascript',
  0x0e: 'the BSON type symbol',
  0x0f: 'the BSON type javascriptWithScope',
};
const DEEPEST = 200;

/** Decodes one BSON document with exact types. Throws InvalidBSON (22) when the bytes are damaged. */
export function decodeDocument(bytes: Buffer, offset = 0): Doc {
  try {
    return new Reader(bytes, offset).document(0);
  } catch (error) {
    if (error instanceof RangeError) throw new MongoError(22, `damaged BSON: ${error.message}`);
    throw error;
  }
}

/** Decodes only the named fields of a stored document, which is known to be sound. */
export function decodeFields(bytes: Buffer, wanted: ReadonlySet<string>): Doc {
  return new Reader(bytes, 0).fields(wanted);
}

function isAt(bytes: Buffer, start: number, text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

class Reader {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  document(depth: number): Doc {
    const end = this.begin(depth);
    const out: Doc = new Map();
    for (let type = this.bytes[this.at++]; type !== 0; type = this.bytes[this.at++]) {
      const name = this.cstring();
      out.set(name, this.value(type, depth));
    }
    this.finish(end);
    return out;
  }

  fields(wanted: ReadonlySet<string>): Doc {
    const out: Doc = new Map();
    this.at += 4;
    for (let type = this.bytes[this.at++]; type !== 0; type = this.bytes[this.at++]) {
      const name = this.nameAmong(wanted);
      if (name === undefined) this.skip(type);
      else {
        out.set(name, this.value(type, 0));
        if (out.size === wanted.size) break;
      }
    }
    return out;
  }

  /** Passes the name of a field and gives it when it is among the wanted ones. */
  private nameAmong(wanted: ReadonlySet<string>): string | undefined {
    const { bytes, at: start } = this;
    let [end, plain] = [start, true];
    for (let byte = bytes[end]; byte; byte = bytes[(end += 1)]) plain &&= byte < 128;
    this.at = end + 1;
    const isHere = (name: string): boolean => name.length === end - start && isAt(bytes, start, name);
    if (plain) {
      for (const name of wanted) if (isHere(name)) return name;
      return undefined;
    }
    const name = bytes.toString('utf8', start, end);
    return wanted.has(name) ? name : undefined;
  }

  private skip(type: number | undefined): void {
    const { bytes, at } = this;
    if (type === 0x02) this.at += 4 + bytes.readInt32LE(at);
    else if (type === 0x03 || type === 0x04) this.at += bytes.readInt32LE(at);
    else this.value(type, 0);
  }

  private array(depth: number): Value[] {
    const end = this.begin(depth);
    const out: Value[] = [];
    for (let type = this.bytes[this.at++]; type !== 0; type = this.bytes[this.at++]) {
      while (this.bytes[this.at++] !== 0)
        if (this.at > end) throw new MongoError(22, 'damaged BSON: endless array');
      out.push(this.value(type, depth));
    }
    this.finish(end);
    return out;
  }

  private begin(depth: number): number {
    if (depth > DEEPEST) throw new MongoError(15, `BSON document nested deeper than ${DEEPEST} levels`);
    const size = this.bytes.readInt32LE(this.at);
    const end = this.at + size;
    if (size < 5 || end > this.bytes.length) throw new MongoError(22, 'damaged BSON: wrong document length');
    this.at += 4;
    return end;
  }

  private finish(end: number): void {
    if (this.at !== end) throw new MongoError(22, 'damaged BSON: document length and content disagree');
  }

  private cstring(): string {
    const start = this.at;
    const end = this.bytes.indexOf(0, start);
    if (end < 0) throw new MongoError(22, 'damaged BSON: name without end');
    this.at = end + 1;
    return this.bytes.toString('utf8', start, end);
  }

  private string(): string {
    const size = this.bytes.readInt32LE(this.at);
    const start = this.at + 4;
    this.at = start + size;
    if (size < 1 || this.bytes[this.at - 1] !== 0)
      throw new MongoError(22, 'damaged BSON: wrong string length');
    return this.bytes.toString('utf8', start, this.at - 1);
  }

  private take(length: number): Buffer {
    const start = this.at;
    this.at += length;
    if (length < 0 || this.at > this.bytes.length) throw new MongoError(22, 'damaged BSON: wrong length');
    return Buffer.from(this.bytes.subarray(start, this.at));
  }

  private value(type: number | undefined, depth: number): Value {
    switch (type) {
      case 0x01:
        this.at += 8;
        return this.bytes.readDoubleLE(this.at - 8);
      case 0x02:
        return this.string();
      case 0x03:
        return this.document(depth + 1);
      case 0x04:
        return this.array(depth + 1);
      case 0x05:
        return this.binary();
      case 0x07:
        return new ObjectId(this.take(12));
      case 0x08:
        return this.bytes[this.at++] === 1;
      case 0x09:
        return this.date();
      case 0x0a:
        return null;
      case 0x10:
        this.at += 4;
        return new Int32(this.bytes.readInt32LE(this.at - 4));
      default:
        return this.rareValue(type);
    }
  }

  private rareValue(type: number | undefined): Value {
    switch (type) {
      case 0x0b: {
        const pattern = this.cstring();
        return new BSONRegExp(pattern, this.cstring());
      }
      case 0x11: {
        const i = this.bytes.readUInt32LE(this.at);
        const t = this.bytes.readUInt32LE(this.at + 4);
        this.at += 8;
        return new Timestamp({ t, i });
      }
      case 0x12:
        this.at += 8;
        return this.bytes.readBigInt64LE(this.at - 8);
      case 0x13:
        return new Decimal128(this.take(16));
      case 0xff:
        return new MinKey();
      case 0x7f:
        return new MaxKey();
      default: {
        const named = REFUSED_TYPES[type ?? -1];
        if (named) throw refusal(named, 22);
        throw new MongoError(22, `damaged BSON: unknown type ${type ?? -1}`);
      }
    }
  }

  private binary(): Binary {
    const length = this.bytes.readInt32LE(this.at);
    const subType = this.bytes[this.at + 4];
    this.at += 5;
    return new Binary(this.take(length), subType);
  }

  private date(): Date {
    const date = new Date(Number(this.bytes.readBigInt64LE(this.at)));
    this.at += 8;
    if (Number.isNaN(date.getTime())) throw refusal('a date beyond the years -271821 to 275760', 2);
    return date;
  }
}
