import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWhatsApp } from '../../../src/channels/whatsapp/index.js';
import { nextAfter } from '../../../src/channels/whatsapp/reconnect.js';
import { NUMBER, startNumber, type Number } from './number.js';

const once = { failures: 1, replaced: 0, random: () => 0.5 };

describe('what follows from the end of a connection', () => {
  it.each([
    [515, { do: 'connect', after: 0 }],
    [undefined, { do: 'connect', after: 500 }],
    [408, { do: 'connect', after: 500 }],
    [428, { do: 'connect', after: 500 }],
    [500, { do: 'connect', after: 500 }],
    [503, { do: 'connect', after: 500 }],
    [405, { do: 'connect', after: 450_000, alert: true }],
    [401, { do: 'stop', unpaired: true }],
    [403, { do: 'stop', unpaired: false }],
    [411, { do: 'stop', unpaired: false }],
  ])('code %s', (code, expected) => {
    expect(nextAfter({ ...once, code })).toMatchObject(expected);
  });

  it('waits longer from time to time, up to a minute', () => {
    const waits = [1, 2, 3, 7, 50].map((failures) => nextAfter({ ...once, code: 428, failures }));
    expect(waits.map((next) => next.do === 'connect' && next.after)).toEqual([
      500, 1_000, 2_000, 30_000, 30_000,
    ]);
  });

  it('gives way to another client after one try', () => {
    expect(nextAfter({ ...once, code: 440, replaced: 1 })).toMatchObject({
      do: 'connect',
      after: 60_000,
      alert: true,
    });
    expect(nextAfter({ ...once, code: 440, replaced: 2 })).toMatchObject({ do: 'stop', unpaired: false });
  });
});

describe('a connection', () => {
  let number: Number;
  beforeEach(async () => {
    number = await startNumber();
    await number.up();
  });
  afterEach(() => number.close());

  const down = (reason: RegExp): Promise<boolean> =>
    number.server.changes.until(() => {
      const health = number.channel.health();
      return health.state === 'down' && reason.test(health.reason ?? '');
    }, String(reason));

  const works = async (): Promise<void> => {
    const before = number.inbox.received.length;
    await number.up();
    await number.user.text(NUMBER, 'masih di sana?');
    await number.received(before + 1);
  };

  it.each(['515', '503', '500', undefined])('that ends with stream error %s comes back', async (code) => {
    number.server.streamError(number.device(), code);
    await number.server.changes.until(() => number.server.logins === 2);
    await works();
  });

  it('that is refused because the phone has removed the device stops, and keeps its credentials', async () => {
    number.server.unlink(number.device());
    await down(/pair it again/);
    number.time.advance(3_600_000);
    expect(number.server.logins).toBe(1);
    expect(number.channel.pairing.state()).toMatchObject({ phase: 'unpaired' });
    const stored = await number.models.whatsappAccounts.findById('main').lean();
    expect(stored?.credentials).not.toBeNull();
    await number.channel.pairing.begin();
    await number.server.changes.until(() => number.channel.pairing.state().phase === 'waiting');
  });

  it('that is refused for good (403) stops', async () => {
    number.server.faults.failLogin = '403';
    number.server.drop(number.device());
    await down(/refuses this number/);
    number.time.advance(3_600_000);
    expect(number.server.logins).toBe(2);
  });

  it('that is refused for its version (405) is tried again after minutes, and names the setting', async () => {
    number.server.faults.failLogin = '405';
    number.server.drop(number.device());
    await down(/WHATSAPP_VERSION/);
    number.server.faults.failLogin = undefined;
    number.time.advance(240_000);
    expect(number.server.logins).toBe(2);
    number.time.advance(400_000);
    await works();
  });

  it('that another client has taken (440) is tried once after a minute, then left to it', async () => {
    const replaced = [{ tag: 'conflict', attrs: { type: 'replaced' } }];
    number.server.streamError(number.device(), undefined, replaced);
    await down(/another client took/);
    number.time.advance(60_000);
    await number.up();
    number.server.streamError(number.device(), undefined, replaced);
    await down(/another client uses/);
    number.time.advance(3_600_000);
    expect(number.server.logins).toBe(2);
  });

  it.each(['refuse', 'mute'] as const)(
    'that never comes about (%s) is given up and tried again',
    async (fault) => {
      const { attempts } = number.server;
      number.server.faults[fault] = true;
      number.server.drop(number.device());
      await number.server.changes.until(() => number.server.attempts === attempts + 1);
      number.server.faults[fault] = false;
      number.time.advance(40_000);
      await works();
    },
  );

  it('on which the server falls silent is noticed and made anew', async () => {
    await number.restart({ server: { ...number.ports.server!, keepAliveMs: 100 } });
    await number.up();
    number.server.faults.silent = true;
    await down(/connection was lost/);
    number.server.faults.silent = false;
    await works();
  });
});

describe('one process per number', () => {
  let number: Number;
  beforeEach(async () => {
    number = await startNumber();
    await number.up();
  });
  afterEach(() => number.close());

  it('a second one waits until the first has stopped', async () => {
    const second = createWhatsApp({ ...number.ports, owner: 'second' });
    await second.start(number.inbox);
    expect(second.health()).toEqual({ state: 'down', reason: 'another process has the number' });
    expect(number.server.logins).toBe(1);
    await number.channel.stop();
    number.time.advance(10_000);
    await number.server.changes.until(() => number.device().connection?.live && number.server.logins === 2);
    await second.stop();
  });

  it('the first one stops at once when it finds that the number was taken', async () => {
    await number.models.whatsappAccounts.updateOne(
      { _id: 'main' },
      { leaseOwner: 'second', $inc: { fence: 1 } },
    );
    number.time.advance(10_000);
    await number.server.changes.until(() => !number.device().connection);
    expect(number.channel.health()).toEqual({ state: 'down', reason: 'another process has the number' });
  });
});
