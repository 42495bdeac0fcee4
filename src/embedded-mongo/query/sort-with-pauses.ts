import { Breather } from './breathe.js';

/** A stable merge sort that lets others have their turn. */
export async function sortWithPauses<T>(items: T[], order: (a: T, b: T) => number): Promise<T[]> {
  const RUN = 2000;
  if (items.length <= RUN) return items.sort(order);
  const breather = new Breather();
  let runs: T[][] = [];
  for (let i = 0; i < items.length; i += RUN) {
    runs.push(items.slice(i, i + RUN).sort(order));
    await breather.pause();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2)
      merged.push(await merge(runs[i] ?? [], runs[i + 1] ?? [], order, breather));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(a: T[], b: T[], order: (a: T, b: T) => number, breather: Breather): Promise<T[]> {
  const out: T[] = [];
  let [i, k] = [0, 0];
  while (i < a.length && k < b.length) {
    const [left, right] = [a[i] as T, b[k] as T];
    if (order(left, right) <= 0) {
      out.push(left);
      i += 1;
    } else {
      out.push(right);
      k += 1;
    }
    if (out.length % 1000 === 0) await breather.pause();
  }
  return out.concat(a.slice(i), b.slice(k));
}
