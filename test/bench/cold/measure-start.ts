import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Figures } from '../harness/figures.js';
import { PROJECT } from '../harness/built.js';

const PATIENCE_MS = 60_000;

/**
 * Spawns a server and waits for its first 200. Milliseconds of wall time and of CPU, megabytes of resident memory of the
 * spawned process, which must print its health address.
 * @throws Error when it ends, or does not answer in time.
 */
export async function measureStart(
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<Figures> {
  const start = performance.now();
  const child = spawn(process.execPath, [script], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', LOG_LEVEL: 'silent', ...environment },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    const response = await fetch(await healthAddress(child));
    const wall = performance.now() - start;
    if (response.status !== 200) throw new Error(`${script} answered ${response.status}`);
    return { wall, cpu: cpuMilliseconds(child.pid), resident: residentMegabytes(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

function healthAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let [output, errors] = ['', ''];
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /http:\S+\/healthz/.exec(output)?.[0];
      if (address === undefined) return;
      clearTimeout(patience);
      resolve(address);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(patience);
      reject(new Error(`ended with ${String(code)} before it answered\n${errors}`));
    });
  });
}

export function residentMegabytes(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}

/** User and system time; /proc counts hundredths of a second. */
export function cpuMilliseconds(pid: number | undefined): number {
  const fields =
    readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
