import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { labelled, measure, type Kind, type Part } from './measure.js';
import { report } from './print-report.js';

const PARTS: readonly Part[] = ['dev', 'heldout'];
const FLOORS: readonly [Kind, number][] = [
  ['dates', 0.98],
  ['regions', 0.98],
  ['intents', 0.95],
  ['identity', 0.95],
  ['corrections', 0.95],
  ['commands', 0.95],
  ['topics', 0.95],
];

describe('how well the labelled messages are understood', () => {
  it.each(FLOORS.flatMap(([kind, floor]) => PARTS.map((part) => [kind, part, floor] as const)))(
    '%s (%s) reach %d',
    (kind, part, floor) => {
      const { right, total, misses } = measure(kind, part);
      expect(right / total, misses.join('\n')).toBeGreaterThanOrEqual(floor);
    },
  );

  it.each(['dates', 'regions'] as const)(
    'no wrong %s are asserted in more than five of a thousand',
    (kind) => {
      const measured = PARTS.map((part) => measure(kind, part));
      const wrong = measured.reduce((sum, { wronglyAsserted }) => sum + wronglyAsserted, 0);
      const total = measured.reduce((sum, part) => sum + part.total, 0);
      expect(wrong / total).toBeLessThanOrEqual(0.005);
    },
  );

  it('prints the report', () => {
    process.stdout.write(`${report()}\n`);
    expect(report()).toMatch(/labels: 1\d\d\d/);
  });

  it('keeps the measured messages out of the examples the intents learn from', () => {
    const examples = new Set<string>();
    for (const language of ['id', 'en']) {
      const file = new URL(`../../locales/data/intent-examples.${language}.json`, import.meta.url);
      const byIntent = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>;
      for (const text of Object.values(byIntent).flat()) examples.add(text.toLowerCase());
    }
    const shared = PARTS.flatMap((part) => labelled<string>('intents', part)).filter(([text]) =>
      examples.has(text.toLowerCase()),
    );
    expect(shared).toEqual([]);
  });
});
