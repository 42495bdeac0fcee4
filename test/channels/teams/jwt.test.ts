import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { APP_ID, type Json } from '../../support/teams-server/index.js';
import { startBot, type TestBot } from './bot.js';

let bot: TestBot;
const printed = vi.fn();
beforeEach(async () => {
  printed.mockReset();
  for (const method of ['log', 'warn', 'error', 'info'] as const)
    vi.spyOn(console, method).mockImplementation(printed);
  bot = await startBot();
});
afterEach(async () => {
  await bot.close();
  vi.restoreAllMocks();
});

const HOUR = 3_600;
const seconds = (): number => Math.floor(bot.clock.now().getTime() / 1000);
const token = (claims: Json = {}, header: Json = {}, forged = false): string =>
  bot.server.token(bot.clock.now(), { claims, header, forged });

describe('who may post activities', () => {
  it.each<[string, () => string]>([
    ['no token', () => ''],
    ['something that is no token', () => 'rahasia'],
    ['another issuer', () => token({ iss: 'https://sts.windows.net/x/' })],
    ['another audience', () => token({ aud: '00000000-0000-4000-8000-000000000000' })],
    ['several audiences', () => token({ aud: [APP_ID] })],
    ['a token that has ended', () => token({ nbf: seconds() - 2 * HOUR, exp: seconds() - 301 })],
    ['a token that begins later', () => token({ nbf: seconds() + 301 })],
    ['a token without an end', () => token({ exp: undefined })],
    ['another service URL', () => token({ serviceurl: 'https://smba.trafficmanager.net/teams/' })],
    ['no service URL', () => token({ serviceurl: undefined })],
    ['a bad signature', () => token({}, {}, true)],
    ['an unknown key', () => token({}, { kid: 'lain-sekali' })],
    ['no algorithm', () => `${token({}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.x`],
    ['an algorithm of shared secrets', () => token({}, { alg: 'HS256' })],
    ['a changed body', () => token().replace(/\.[^.]+\./, `.${payload({ aud: APP_ID })}.`)],
  ])('401, and nothing stored or printed: %s', async (_name, make) => {
    expect((await bot.post(bot.person.text('Halo'), make())).status).toBe(401);
    expect(bot.inbox.attempts).toBe(0);
    expect(bot.places.size).toBe(0);
    expect(printed).not.toHaveBeenCalled();
  });

  it.each<[string, () => string]>([
    ['as Microsoft makes it', () => token()],
    ['ended less than five minutes ago', () => token({ exp: seconds() - 299 })],
    ['of a clock that is ahead', () => token({ nbf: seconds() + 299 })],
  ])('takes a token %s', async (_name, make) => {
    expect((await bot.post(bot.person.text('Halo'), make())).status).toBe(200);
    expect(bot.inbox.received).toHaveLength(1);
  });

  it('checks before it reads: a large body of a stranger is not even parsed', async () => {
    expect((await bot.post('{'.repeat(400_000), 'palsu')).status).toBe(401);
  });

  it('refuses a key that does not sign for Teams', async () => {
    bot.server.endorsements = ['webchat'];
    expect((await bot.post(bot.person.text('Halo'))).status).toBe(401);
  });

  it('refuses another channel than Teams under a good token', async () => {
    expect((await bot.post({ ...bot.person.text('Halo'), channelId: 'emulator' })).status).toBe(401);
  });

  it('refuses a service URL that the settings do not allow, before anything is stored or sent there', async () => {
    const serviceUrl = `${bot.server.origin}/lain/`;
    const activity = { ...bot.person.text('Halo'), serviceUrl };
    expect((await bot.post(activity, token({ serviceurl: serviceUrl }))).status).toBe(403);
    expect([bot.places.size, bot.inbox.attempts]).toEqual([0, 0]);
    expect(bot.server.calls.filter(({ path }) => path.startsWith('/lain'))).toEqual([]);
  });

  it('says 503 while Microsoft cannot be asked for its keys, so that Teams delivers again', async () => {
    bot.server.fails('openid', { status: 500 });
    expect((await bot.post(bot.person.text('Halo'))).status).toBe(503);
    expect((await bot.post(bot.person.text('Halo'))).status).toBe(200);
  });

  it('does not ask for keys again at the word of a stranger', async () => {
    await bot.post(bot.person.text('Halo'));
    bot.server.fails('openid', 'drop', 'drop', 'drop', 'drop');
    for (let time = 0; time < 5; time += 1)
      expect((await bot.post(bot.person.text('Halo'), token({}, { kid: `k${time}` }))).status).toBe(401);
    expect((await bot.post(bot.person.text('Halo'))).status).toBe(200);
  });
});

function payload(claims: Json): string {
  return Buffer.from(JSON.stringify(claims)).toString('base64url');
}
