import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { uniqueDatabaseUri } from '../support/database.js';

const COMMAND = fileURLToPath(new URL('../../src/cli/simulate.ts', import.meta.url));

async function run(script: string): Promise<{ code: number | null; lines: unknown[] }> {
  const child = spawn(process.execPath, ['--import', 'tsx', COMMAND], {
    env: { ...process.env, MONGODB_URI: uniqueDatabaseUri() },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(script);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const printed = await text(child.stdout);
  const lines = printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
  return { code: await exited, lines };
}

const HALO = '{"at":"2026-03-02T09:00:00+07:00","channel":"web-chat","from":"v1","text":"halo"}\n';

it(
  'the command prints one object per line and ends with 0, or with 2 after a bad line',
  { timeout: 60_000 },
  async () => {
    const good = await run(HALO);
    expect(good.code).toBe(0);
    expect(good.lines).toMatchObject([{ type: 'message', to: 'v1' }, { type: 'message' }]);
    const bad = await run(`${HALO}nonsense\n`);
    expect(bad.code).toBe(2);
    expect(bad.lines.at(-1)).toEqual({ type: 'error', line: 2, message: 'not JSON' });
  },
);
