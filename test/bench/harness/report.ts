import { figure, type Rounds } from './rounds.js';
import { median, round, spread } from './figures.js';

/** A round may miss a goal by this much before it counts as a clear miss. */
const LENIENCE = 1.15;

export interface Goal {
  /** What is compared, e.g. "CPU per turn / floor-pipe". */
  what: string;
  /** One value per round. */
  values: readonly number[];
  atMost?: number;
  atLeast?: number;
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function heading(text: string): void {
  print(`\n${text}\n${'-'.repeat(text.length)}`);
}

/** Columns as wide as their widest cell; the first is flush left. */
export function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    print(`  ${cells.join('   ').trimEnd()}`);
  }
}

/** Met when the median meets it and at most one round misses it clearly. */
export function judge({ what, values, atMost, atLeast }: Goal): void {
  const miss = (value: number): number =>
    Math.max(atMost === undefined ? 0 : value / atMost, atLeast === undefined ? 0 : atLeast / value);
  const met = miss(median(values)) <= 1 && values.filter((value) => miss(value) > LENIENCE).length <= 1;
  const limit = atMost === undefined ? `>= ${round(atLeast ?? NaN)}` : `<= ${round(atMost)}`;
  print(`  ${met ? 'pass' : 'MISS'}  ${what}: ${spread(values)}, goal ${limit}`);
}

/** How quiet the machine was, so that a reader knows what the figures are worth. */
export function noiseLine(rounds: Rounds, arms: readonly string[]): void {
  const of = (name: string): number[] => arms.flatMap((arm) => figure(rounds, arm, name));
  print(
    `  noise: others used ${spread(of('others'))} cores, calibration ${spread(of('calibration'))} ms; ` +
      `${rounds.redone} rounds redone, ${rounds.noisy} of ${rounds.rounds.length} kept although noisy`,
  );
}
