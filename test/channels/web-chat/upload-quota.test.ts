import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/channels/web-chat/refusal.js';
import { createUploadQuota } from '../../../src/channels/web-chat/upload-quota.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { MONDAY_MORNING } from './fake-office.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const share = { files: 2, bytes: 100 };
const wide = { files: 5, bytes: 150 };

describe('the daily share of uploads', () => {
  it('counts files per visitor and, above that, per address on the internet', () => {
    const quota = createUploadQuota(new VirtualClock(MONDAY_MORNING), share, wide);
    for (const visitor of ['a', 'a', 'b', 'b', 'c']) quota.begin(visitor, 'one');
    expect(() => quota.begin('a', 'two')).toThrow(Refusal);
    expect(() => quota.begin('d', 'one')).toThrow(Refusal);
    expect(() => quota.begin('d', 'two')).not.toThrow();
  });

  it('counts bytes as they come in, also of uploads that run at the same time', () => {
    const quota = createUploadQuota(new VirtualClock(MONDAY_MORNING), share, wide);
    const first = quota.begin('a', 'one');
    const second = quota.begin('a', 'one');
    first(60);
    second(40);
    expect(() => first(1)).toThrow(Refusal);
    const other = quota.begin('b', 'one');
    other(50);
    expect(() => other(1)).toThrow(Refusal);
  });

  it('begins anew a day after the first upload, and says how long that is', () => {
    const clock = new VirtualClock(MONDAY_MORNING);
    const quota = createUploadQuota(clock, share, wide);
    quota.begin('a', 'one')(100);
    clock.advance(DAY_MS - 60_000);
    quota.begin('a', 'two');
    expect(() => quota.begin('a', 'two')).toThrow(
      expect.objectContaining({ code: 'too-many-files', params: { hours: 1 }, retryAfterSeconds: 60 }),
    );
    clock.advance(60_000);
    expect(() => quota.begin('a', 'two')(100)).not.toThrow();
  });
});
