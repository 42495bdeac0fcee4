import { INT64_MAX, INT64_MIN, integer, toBigInt } from '../../bson/number.js';
import { isDecimal, isInt32, type Numeric } from '../../bson/value.js';
import { refusal } from '../../mongo-error.js';

/** Sums as the server does: integers exactly, doubles with their rounding errors carried along. */
export class Summation {
  private integers = 0n;
  private doubles = 0;
  private carried = 0;
  private plain = 0;
  private widest: 'int' | 'long' | 'double' = 'int';
  private count = 0;

  add(value: Numeric): void {
    if (isDecimal(value)) throw refusal('a sum of decimals', 168);
    this.count += 1;
    if (typeof value === 'number') {
      this.plain += value;
      this.carry(value);
      this.widest = 'double';
    } else {
      this.integers += toBigInt(value);
      if (!isInt32(value) && this.widest === 'int') this.widest = 'long';
    }
  }

  /** Adds to the doubles and keeps what the sum could not hold. */
  private carry(value: number): void {
    const sum = this.doubles + value;
    const part = sum - this.doubles;
    this.carried += this.doubles - (sum - part) + (value - part);
    this.doubles = sum;
  }

  sum(): Numeric {
    if (this.widest === 'double') return this.doubleTotal();
    if (this.integers > INT64_MAX || this.integers < INT64_MIN) return Number(this.integers);
    return this.widest === 'long' ? this.integers : integer(this.integers);
  }

  /** undefined when nothing was added. */
  average(): Numeric | undefined {
    if (this.count === 0) return undefined;
    return (this.widest === 'double' ? this.doubleTotal() : Number(this.integers)) / this.count;
  }

  private doubleTotal(): number {
    const whole = Number(this.integers);
    if (!Number.isFinite(this.doubles + this.carried)) return this.plain + whole;
    const total = new Summation();
    total.doubles = this.doubles;
    total.carried = this.carried + Number(this.integers - BigInt(whole));
    total.carry(whole);
    return total.doubles + total.carried;
  }
}
