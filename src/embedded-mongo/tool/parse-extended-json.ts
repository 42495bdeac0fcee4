import { EJSON, serialize } from 'bson';
import { decodeDocument } from '../bson/decode.js';
import { integer } from '../bson/number.js';
import { type Doc, isDoc, type Value } from '../bson/value.js';

const TOKEN =
  /\s*([{}[\]:,]|"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)\s*/y;
const DEEPEST = 200;

/**
 * Reads one document of canonical or relaxed Extended JSON. Unlike JSON.parse it keeps the order of all fields and
 * tells 1 from 1.0. Throws when the text is not that.
 */
export function parseExtendedJson(text: string): Doc {
  const parser = new Parser(text);
  const document = parser.value(0);
  parser.end();
  if (!isDoc(document)) throw new Error('it is not a document');
  return document;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): Value {
    if (depth > DEEPEST) throw new Error(`it is nested deeper than ${DEEPEST} levels`);
    const start = this.at;
    const token = this.next();
    if (token === '{') return unwrap(this.document(depth), this.text.slice(start, this.at));
    if (token === '[') return this.array(depth);
    if (token.startsWith('"')) return JSON.parse(token) as string;
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (/^[-\d]/.test(token)) return plainNumber(token);
    return this.fail();
  }

  end(): void {
    if (this.at < this.text.length) this.fail();
  }

  private document(depth: number): Doc {
    const out: Doc = new Map();
    if (this.skip('}')) return out;
    do {
      const name = this.next();
      if (!name.startsWith('"') || !this.skip(':')) this.fail();
      out.set(JSON.parse(name) as string, this.value(depth + 1));
    } while (this.skip(','));
    return this.skip('}') ? out : this.fail();
  }

  private array(depth: number): Value[] {
    const out: Value[] = [];
    if (this.skip(']')) return out;
    do out.push(this.value(depth + 1));
    while (this.skip(','));
    return this.skip(']') ? out : this.fail();
  }

  private next(): string {
    TOKEN.lastIndex = this.at;
    const token = TOKEN.exec(this.text)?.[1];
    if (token === undefined) return this.fail();
    this.at = TOKEN.lastIndex;
    return token;
  }

  private skip(mark: string): boolean {
    const before = this.at;
    if (this.at < this.text.length && this.next() === mark) return true;
    this.at = before;
    return false;
  }

  private fail(): never {
    throw new Error(`it is not JSON at character ${this.at + 1}`);
  }
}

function plainNumber(text: string): Value {
  if (/[.eE]/.test(text)) return Number(text);
  const whole = BigInt(text);
  return BigInt.asIntN(64, whole) === whole ? integer(whole) : Number(text);
}

/** What a field such as $numberLong or $date stands for; documents that only look like one stay as they are. */
function unwrap(document: Doc, text: string): Value {
  const [name] = document.keys();
  if (document.size !== 1 || !name?.startsWith('$')) return document;
  const value: unknown = EJSON.parse(text, { relaxed: false });
  if (value instanceof Date && Number.isNaN(value.getTime())) throw new Error('it holds an invalid date');
  const known =
    value === null || value instanceof Date || (typeof value === 'object' && '_bsontype' in value);
  return known ? (decodeDocument(Buffer.from(serialize({ value }))).get('value') ?? null) : document;
}
