/** What one arm measured, by name; microseconds, bytes, milliseconds as its section says. */
export type Figures = Readonly<Record<string, number>>;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? NaN) + (high ?? NaN)) / 2;
}

/** @param share 0.99 for the 99th percentile */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** "8.5 [8.1-9.8]": median and spread. */
export function spread(values: readonly number[], unit = 1): string {
  const shown = values.map((value) => value / unit);
  if (shown.length === 1) return round(median(shown));
  return `${round(median(shown))} [${round(Math.min(...shown))}-${round(Math.max(...shown))}]`;
}

/** Three significant digits, as plain digits. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
