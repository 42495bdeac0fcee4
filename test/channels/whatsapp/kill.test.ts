import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { KEY, NUMBER, startNumber } from './number.js';

const CHILD = new URL('mortal-number.ts', import.meta.url).pathname;

it('a message that was acknowledged by a process killed before it could handle it is handled once by the next', async () => {
  const number = await startNumber();
  try {
    await number.channel.stop();
    const args = [number.uri, number.server.url, KEY.toString('hex')];
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', CHILD, ...args, number.clock.now().toISOString()],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    await number.server.changes.until(() => number.device().connection?.live, 'the child is up', 40_000);
    await number.user.text(NUMBER, 'satu');
    await number.server.changes.until(() => number.user.receipts.length === 1, 'the receipt');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await number.user.text(NUMBER, 'dua');
    number.clock.advance(31_000);
    await number.restart();
    await number.received(2);
    await number.acknowledged();
    expect(number.inbox.received.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'satu' },
      { kind: 'text', text: 'dua' },
    ]);
  } finally {
    await number.close();
  }
});
