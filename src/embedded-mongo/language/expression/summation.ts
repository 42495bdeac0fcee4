import { type Decimal, decimalOfDouble, finite, putTogether, takeApart } from '../../bson/decimal.js';
import {
  addDecimals,
  divide,
  int,
  INT64_MAX,
  INT64_MIN,
  integer,
  toBigInt,
  toDecimal,
  toNumber,
} from '../../bson/number.js';
import { isDecimal, isInt32, type Numeric } from '../../bson/value.js';

/** Sums as the server does: integers exactly, doubles with the rounding error carried along, decimals as decimals. */
export class Summation {
  private integers = 0n;
  private doubles = 0;
  private carried = 0;
  private plain = 0;
  private decimals: Decimal = finite(0n, 0);
  private widest: 'int' | 'long' | 'double' | 'decimal' = 'int';
  private count = 0;

  add(value: Numeric): void {
    this.count += 1;
    if (typeof value === 'number') this.addDouble(value);
    else if (isDecimal(value)) {
      this.decimals = rounded(addDecimals(this.decimals, toDecimal(value)));
      this.widest = 'decimal';
    } else {
      this.integers += toBigInt(value);
      if (!isInt32(value) && this.widest === 'int') this.widest = 'long';
    }
  }

  private addDouble(value: number): void {
    this.plain += value;
    const sum = this.doubles + value;
    const part = sum - this.doubles;
    this.carried += this.doubles - (sum - part) + (value - part);
    this.doubles = sum;
    if (this.widest !== 'decimal') this.widest = 'double';
  }

  sum(): Numeric {
    if (this.widest === 'decimal') return this.decimalTotal();
    if (this.widest === 'double') return this.doubleTotal();
    if (this.integers > INT64_MAX || this.integers < INT64_MIN) return Number(this.integers);
    return this.widest === 'long' ? this.integers : integer(this.integers);
  }

  /** undefined when nothing was added. */
  average(): Numeric | undefined {
    if (this.count === 0) return undefined;
    if (this.widest === 'decimal') return divide(this.decimalTotal(), int(this.count));
    return toNumber(this.widest === 'double' ? this.doubleTotal() : Number(this.integers)) / this.count;
  }

  private doubleTotal(): number {
    const total = this.doubles + this.carried;
    if (!Number.isFinite(total)) return this.plain + Number(this.integers);
    // The integers join with their own rounding error.
    const whole = Number(this.integers);
    const rest = Number(this.integers - BigInt(whole));
    const sum = this.doubles + whole;
    const part = sum - this.doubles;
    return sum + (this.carried + rest + (this.doubles - (sum - part) + (whole - part)));
  }

  /** Each step is rounded to 34 digits, in the order in which the server adds. */
  private decimalTotal(): Numeric {
    if (!Number.isFinite(this.plain))
      return putTogether(addDecimals(this.decimals, decimalOfDouble(this.plain)));
    const whole = Number(this.integers);
    const sum = this.doubles + whole;
    const part = sum - this.doubles;
    const lost = Number(this.integers - BigInt(whole));
    const rest = this.carried + lost + (this.doubles - (sum - part) + (whole - part));
    const others = addDecimals(rounded(decimalOfDouble(sum)), rounded(decimalOfDouble(rest)));
    return putTogether(addDecimals(this.decimals, rounded(others)));
  }
}

const rounded = (value: Decimal): Decimal => takeApart(putTogether(value));
