import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Others may use this much of a core while a single process is measured; more makes the round noisy. */
export const QUIET_CORES = 0.3;

/** A calibration loop this much slower than the best one of the run makes the round noisy. */
export const QUIET_CALIBRATION = 1.25;

/** Starts watching; the returned function tells how many cores other processes have used since. */
export function watchOthers(): () => number {
  const [busy, own, start] = [busySeconds(), process.cpuUsage(), performance.now()];
  return () => {
    const used = process.cpuUsage(own);
    const others = busySeconds() - busy - (used.user + used.system) / 1e6;
    return Math.max(0, others / ((performance.now() - start) / 1000));
  };
}

/** Milliseconds that a fixed piece of work takes now: the same work on every run. */
export function calibrate(): number {
  const start = performance.now();
  let [text, sum] = ['', 0];
  for (let round = 0; round < 60_000; round += 1) {
    text = JSON.stringify({ round, text: text.slice(0, 64) });
    sum += (JSON.parse(text) as { round: number }).round;
  }
  if (sum !== (60_000 * 59_999) / 2) throw new Error('calibration went wrong');
  return performance.now() - start;
}

/** Processor time of the whole machine without idle and waiting, in seconds; /proc/stat counts hundredths. */
function busySeconds(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] =
    readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  return (user + nice + system + irq + softirq) / 100;
}
