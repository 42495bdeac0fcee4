import { expect, it } from 'vitest';
import { NUMBER, startNumber } from './number.js';

/* eslint-disable no-console -- what is printed is what this is about */

it('nothing of a session is printed, although the protocol library says it', async () => {
  const printed: string[] = [];
  // Before the channel starts: whatever it lets through ends here.
  for (const method of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const)
    console[method] = (...words: unknown[]) => {
      printed.push(JSON.stringify(words));
    };
  const noticed: string[] = [];
  const ignore = (): void => undefined;
  const log = {
    ...{ info: ignore, warn: ignore, error: ignore },
    debug: (fields: object, message: string) => {
      noticed.push(JSON.stringify([fields, message]));
    },
  };
  const number = await startNumber({ ports: () => ({ log }) });
  try {
    await number.up();
    await number.user.text(NUMBER, 'satu');
    await number.received(1);
    // A session begun anew closes the old one; that is when the library prints both.
    await number.user.text(NUMBER, 'dua', { fresh: true });
    await number.received(2);
    await number.channel.send(number.message('Baik.'));
    console.info('what others say is printed');
  } finally {
    await number.close();
  }
  expect(printed).toEqual(['["what others say is printed"]']);
  expect(noticed.length).toBeGreaterThan(0);
  for (const notice of noticed)
    expect(notice).toMatch(/^\[\{"channel":"whatsapp","code":"\w+"\},"a session changed"\]$/);
});
