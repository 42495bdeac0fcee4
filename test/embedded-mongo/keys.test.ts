import { Binary, Decimal128, Int32, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, equal } from '../../src/embedded-mongo/bson/compare.js';
import { decodeDocument } from '../../src/embedded-mongo/bson/decode.js';
import { encodeDocument } from '../../src/embedded-mongo/bson/encode.js';
import { hashKey } from '../../src/embedded-mongo/bson/hash-key.js';
import type { Value } from '../../src/embedded-mongo/bson/value.js';
import { encodeKey } from '../../src/embedded-mongo/store/encode-key.js';
import { parseExtendedJson } from '../../src/embedded-mongo/tool/parse-extended-json.js';
import { toExtendedJson } from '../../src/embedded-mongo/tool/write-extended-json.js';

const text = fc
  .string({ unit: 'binary', maxLength: 5 })
  .map((value) => value.replace(/[\ud800-\udfff]/g, ''));
const wholeNumber = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer());
const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(
    null,
    true,
    false,
    new MinKey(),
    new MaxKey(),
    Number.NaN,
    Infinity,
    -Infinity,
    0,
    -0,
  ),
  text,
  fc.double({ noNaN: true }),
  wholeNumber.map((value) => new Int32(value)),
  wholeNumber.map((value) => value),
  fc.oneof(wholeNumber.map(BigInt), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -20, max: 5 }))
    .map(([digits, exponent]) => Decimal128.fromString(`${digits}E${exponent}`)),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => new Binary(bytes)),
  fc.tuple(fc.nat(3), fc.nat(3)).map(([t, i]) => new Timestamp({ t, i })),
);
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', '1', '0', '', 'a.b', '$x', '__proto__'), tie('value')), {
        maxLength: 3,
      })
      .map((fields) => new Map(fields)),
  ),
})).value;

const RUNS = { numRuns: 3000 };
const sign = (order: number): number => Math.sign(order);

describe('index keys', () => {
  it('order as the values do wherever they are exact, and are the same exactly for equal values', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [left, right] = [encodeKey([a], [1]), encodeKey([b], [1])];
        expect(left.bytes.equals(right.bytes)).toBe(equal(a, b));
        if (left.exact && right.exact)
          expect(sign(Buffer.compare(left.bytes, right.bytes))).toBe(sign(compare(a, b)));
      }),
      RUNS,
    );
  });

  it('order backwards in descending fields, field by field', () => {
    fc.assert(
      fc.property(scalar, scalar, scalar, scalar, (a, b, c, d) => {
        const [left, right] = [encodeKey([a, c], [-1, 1]), encodeKey([b, d], [-1, 1])];
        if (!left.exact || !right.exact) return;
        expect(sign(Buffer.compare(left.bytes, right.bytes))).toBe(sign(-compare(a, b) || compare(c, d)));
      }),
      RUNS,
    );
  });

  it('stay within what the data file takes, and long values equal only themselves', () => {
    const long = (end: string): Buffer => encodeKey(['x'.repeat(5000) + end], [1]).bytes;
    expect(long('a').length).toBeLessThan(1950);
    expect(long('a').equals(long('a'))).toBe(true);
    expect(long('a').equals(long('b'))).toBe(false);
  });
});

describe('values', () => {
  it('have one order: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(sign(compare(a, b))).toBe(-sign(compare(b, a)) + 0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      RUNS,
    );
  });

  it('share a hash exactly when they are equal', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(hashKey(a) === hashKey(b)).toBe(equal(a, b));
      }),
      RUNS,
    );
  });

  it('survive BSON and Extended JSON byte for byte, with the order of fields', () => {
    fc.assert(
      fc.property(value, (inner) => {
        const bytes = encodeDocument(
          new Map<string, Value>([
            ['10', 1],
            ['9', inner],
          ]),
        );
        expect(encodeDocument(decodeDocument(bytes)).equals(bytes)).toBe(true);
        const document = decodeDocument(bytes);
        expect(encodeDocument(parseExtendedJson(toExtendedJson(document))).equals(bytes)).toBe(true);
      }),
      RUNS,
    );
  });

  it('come from what mongoexport writes, canonical or relaxed, with their types', () => {
    const read = parseExtendedJson(
      `{"_id":{"$oid":"0123456789abcdef01234567"},"1":1,"0":1.0,"big":5000000000,"day":{"$date":"1969-12-31T23:59:59.5Z"},
        "far":{"$date":{"$numberLong":"253402300800000"}},"none":{"$numberDouble":"NaN"},"zero":-0.0,"like":{"$other":1,"a":"\u2028\u00e9"}}`,
    );
    expect([...read]).toEqual([
      ['_id', new ObjectId('0123456789abcdef01234567')],
      ['1', new Int32(1)],
      ['0', 1],
      ['big', 5_000_000_000n],
      ['day', new Date(-500)],
      ['far', new Date(253_402_300_800_000)],
      ['none', Number.NaN],
      ['zero', -0],
      [
        'like',
        new Map<string, Value>([
          ['$other', new Int32(1)],
          ['a', '\u2028é'],
        ]),
      ],
    ]);
    for (const wrong of [
      '',
      '{',
      '{"a":1}}',
      '{"a":01}',
      '[]',
      '{"a":{"$oid":"x"}}',
      '{"a":{"$symbol":"x"}}',
      "{'a':1}",
    ])
      expect(() => parseExtendedJson(wrong)).toThrow();
  });
});
