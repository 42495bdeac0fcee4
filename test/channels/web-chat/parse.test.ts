import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../../src/channels/web-chat/parse.js';
import { MONDAY_MORNING } from './fake-office.js';

const DAY_MS = 86_400_000;

describe('a message that waited on the page', () => {
  it.each([
    ['a day', DAY_MS, DAY_MS],
    ['a year, of which seven days are believed,', 365 * DAY_MS, 7 * DAY_MS],
    ['less than nothing, when the clock of the phone was put back,', -60_000, 0],
    ['not at all', undefined, 0],
  ])('for %s was sent then', (_name, waitedMs, believed) => {
    const sender = { address: 'a'.repeat(64), now: MONDAY_MORNING };
    const { message } = parseMessage({ id: 'message-1', text: 'Halo', waitedMs }, sender);
    expect(MONDAY_MORNING.getTime() - message.sentAt.getTime()).toBe(believed);
  });
});
