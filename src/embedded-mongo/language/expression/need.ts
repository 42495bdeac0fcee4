import { toNumber } from '../../bson/number.js';
import {
  type Doc,
  isArray,
  isDecimal,
  isDoc,
  isNumeric,
  type Maybe,
  type Numeric,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';

/** What one operator needs of its arguments; throws the server's code with a sentence that names the operator. */
export class Need {
  constructor(private readonly operator: string) {}

  error(code: number, problem: string): MongoError {
    return new MongoError(code, `${this.operator}: ${problem}`);
  }

  /** The sentence for a value of the wrong type. */
  wrong(code: number, wanted: string, value: Maybe): MongoError {
    return this.error(code, `${wanted} is needed, not ${typeName(value)}`);
  }

  refused(what: string): MongoError {
    return refusal(`${this.operator} ${what}`, 168);
  }

  array(value: Maybe, code: number): Value[] {
    if (!isArray(value)) throw this.wrong(code, 'an array', value);
    return value;
  }

  document(value: Maybe, code: number): Doc {
    if (!isDoc(value)) throw this.wrong(code, 'an object', value);
    return value;
  }

  text(value: Maybe, code: number): string {
    if (typeof value !== 'string') throw this.wrong(code, 'a string', value);
    return value;
  }

  number(value: Maybe, code: number): Numeric {
    if (!isNumeric(value)) throw this.wrong(code, 'a number', value);
    if (isDecimal(value)) throw this.refused('of a decimal');
    return value;
  }

  /** A whole number of 32 bits in any type; `code` for other types, `rangeCode` for other numbers. */
  int32(value: Maybe, code: number, rangeCode = code): number {
    const number = toNumber(this.number(value, code));
    if (!Number.isInteger(number) || number > 2147483647 || number < -2147483648)
      throw this.error(rangeCode, `a whole number of 32 bits is needed, not ${number}`);
    return number;
  }
}
