import { spawn } from 'node:child_process';
import { once } from 'node:events';

const DEMO = new URL('../../dist/cli/demo.js', import.meta.url).pathname;
/** The last line of the welcome. */
const WELCOMED = 'is gone when you stop with Ctrl-C';

/** The demo as a newcomer sees it: a process of its own, filled with invented people and tickets. */
export interface Demo {
  readonly url: string;
  /** Of everybody it names. */
  readonly password: string;
  readonly usernames: readonly string[];
  stop(): Promise<void>;
}

/** Starts the built demo (`npm run build`) on any free port and reads from its welcome where it is and who may sign in. */
export async function startDemo(): Promise<Demo> {
  const { MONGODB_URI: _, ...environment } = process.env;
  const child = spawn(process.execPath, [DEMO], {
    env: { ...environment, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const welcomed = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(WELCOMED)) resolve();
    });
  });
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const exited = once(child, 'exit');
  await Promise.race([welcomed, exited]);
  const url = /Console\s+(\S+)\/console/u.exec(said)?.[1];
  const password = /password (\S+)/u.exec(said)?.[1];
  if (url === undefined || password === undefined) throw new Error(`the demo did not start: ${said}`);
  return {
    url,
    password,
    usernames: [...said.matchAll(/^ {2}(\S+) {2,}\S/gmu)].map((match) => match[1] ?? ''),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
