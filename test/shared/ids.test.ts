import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/shared/clock.js';
import { createIdGenerator, newSecret, seededRandom, systemRandom } from '../../src/shared/ids.js';

describe('identifiers', () => {
  it('sort in the order they were made, also within one millisecond and over a standing clock', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 50 }), fc.integer(), (steps, seed) => {
        const clock = new VirtualClock(new Date('2026-03-02T00:00:00Z'));
        const newId = createIdGenerator(clock, seededRandom(seed));
        const made = steps.map((step) => {
          clock.advance(step);
          return newId();
        });
        expect([...made].sort()).toEqual(made);
        expect(new Set(made).size).toBe(made.length);
      }),
    );
  });

  it('repeat with the same seed', () => {
    const make = (): string =>
      createIdGenerator(new VirtualClock(new Date('2026-03-02T00:00:00Z')), seededRandom(7))();
    expect(make()).toBe(make());
  });

  it('draw chance from [0, 1)', () => {
    for (let round = 0; round < 1_000; round += 1) {
      const drawn = systemRandom();
      expect(drawn).toBeGreaterThanOrEqual(0);
      expect(drawn).toBeLessThan(1);
    }
  });

  it('keep secrets at 256 bits', () => {
    expect(Buffer.from(newSecret(), 'base64url')).toHaveLength(32);
  });
});

describe('a virtual clock', () => {
  it('never goes back', () => {
    const clock = new VirtualClock(new Date(1_000));
    clock.moveTo(new Date(2_000));
    expect(() => clock.moveTo(new Date(1_999))).toThrow(RangeError);
    expect(clock.now().getTime()).toBe(2_000);
  });
});
