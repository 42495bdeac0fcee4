import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figures } from './figures.js';

const RUN = fileURLToPath(new URL('../run.ts', import.meta.url));

/** Longest an arm may take; a hanging one must not hang the whole bench. */
const PATIENCE_MS = 120_000;

/**
 * Measures one arm in a process of its own.
 * @throws Error when the arm gives wrong answers, fails or hangs.
 */
export function measureArm(
  section: string,
  arm: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Figures> {
  const child = fork(RUN, ['--arm', section, arm], {
    execArgv: ['--expose-gc', '--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  });
  return new Promise((resolve, reject) => {
    let [errors, figures]: [string, Figures | undefined] = ['', undefined];
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
    child.on('message', (message) => (figures = message as Figures));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(patience);
      if (figures && code === 0) resolve(figures);
      else reject(new Error(`${section} ${arm} ended with ${signal ?? String(code)}\n${errors}`));
    });
  });
}
