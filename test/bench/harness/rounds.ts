import { performance } from 'node:perf_hooks';
import { measureArm } from './child.js';
import type { Figures } from './figures.js';
import { QUIET_CALIBRATION, QUIET_CORES } from './noise.js';

const ROUNDS = 5;
const MAX_REDO = 3;

/** One round: what every arm measured, back to back. */
export type Round = ReadonlyMap<string, Figures>;

interface Plan {
  section: string;
  arms: readonly string[];
  environment?: Readonly<Record<string, string>>;
  /** Seconds that redoing noisy rounds may take in all. */
  redoSeconds: number;
  /** False where the arm itself keeps another process busy. */
  watchOthers?: boolean;
}

export interface Rounds {
  rounds: Round[];
  redone: number;
  /** Rounds that stayed noisy; the quietest attempt is kept. */
  noisy: number;
}

/** Five rounds of all arms in fresh processes, the order turned by one each round; noisy rounds are tried again. */
export async function runRounds(plan: Plan): Promise<Rounds> {
  const result: Rounds = { rounds: [], redone: 0, noisy: 0 };
  const calibration = { best: Infinity };
  let spent = 0;
  for (let number = 0; number < ROUNDS; number += 1) {
    let kept = await runRound(plan, number, calibration);
    for (let redo = 0; redo < MAX_REDO && isNoisy(kept) && spent < plan.redoSeconds; redo += 1) {
      const start = performance.now();
      const again = await runRound(plan, number, calibration);
      spent += (performance.now() - start) / 1000;
      result.redone += 1;
      if (again.noise < kept.noise) kept = again;
    }
    if (isNoisy(kept)) result.noisy += 1;
    result.rounds.push(kept.round);
  }
  return result;
}

/** 1 = as noisy as a round may be. */
interface Attempt {
  round: Round;
  noise: number;
}

function isNoisy({ noise }: Attempt): boolean {
  return noise > 1;
}

async function runRound(
  { section, arms, environment, watchOthers = true }: Plan,
  number: number,
  calibration: { best: number },
): Promise<Attempt> {
  const round = new Map<string, Figures>();
  let noise = 0;
  for (let turn = 0; turn < arms.length; turn += 1) {
    const arm = arms[(turn + number) % arms.length] ?? '';
    const figures = await measureArm(section, arm, environment);
    round.set(arm, figures);
    calibration.best = Math.min(calibration.best, figures.calibration ?? Infinity);
    const slowed = ((figures.calibration ?? 0) / calibration.best - 1) / (QUIET_CALIBRATION - 1);
    noise = Math.max(noise, slowed, watchOthers ? (figures.others ?? 0) / QUIET_CORES : 0);
  }
  return { round, noise };
}

/** A figure of one arm, round by round. */
export function figure({ rounds }: Rounds, arm: string, name: string): number[] {
  return rounds.map((round) => round.get(arm)?.[name] ?? NaN);
}

/** The figure of one arm divided by that of another, within each round. */
export function ratios(rounds: Rounds, arm: string, base: string, name: string): number[] {
  const divisors = figure(rounds, base, name);
  return figure(rounds, arm, name).map((value, round) => value / (divisors[round] ?? NaN));
}
