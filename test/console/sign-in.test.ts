import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstAdministrator } from '../../src/services/staff/ensure-first-administrator.js';
import { asker, PASSWORD, startConsoleServer, type Ask, type ConsoleServer } from './console-server.js';

let server: ConsoleServer;
let ask: Ask;

beforeAll(async () => {
  server = await startConsoleServer();
  ask = asker(server.app);
});
afterAll(() => server.close());

function cookieOf(response: { cookies: { name: string; value: string }[] }): string {
  const cookie = response.cookies.find(({ name }) => name === 'dering_session');
  return `dering_session=${cookie?.value ?? ''}`;
}

describe('signing in', () => {
  it('gives a session in a cookie that no script reads and no other site sends', async () => {
    await server.addPerson('sari', 'agent');
    const response = await ask('POST', '/session', { username: 'Sari', password: PASSWORD });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ username: 'sari', roles: ['agent'], language: 'id' });
    expect(JSON.stringify(response.json())).not.toContain('argon2');
    expect(response.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api' });
    const me = await ask('GET', '/session', undefined, { cookie: cookieOf(response) });
    expect(me.json()).toMatchObject({ username: 'sari' });
  });

  it('does not say whether the username or the password is wrong', async () => {
    await server.addPerson('rina', 'agent');
    const wrong = await ask('POST', '/session', { username: 'rina', password: 'salah sama sekali' });
    const unknown = await ask('POST', '/session', { username: 'tak-ada', password: 'salah sama sekali' });
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    expect(wrong.json()).toEqual(unknown.json());
  });

  it('refuses the sixth try within fifteen minutes, also with the right password, and says how long to wait', async () => {
    await server.addPerson('budi', 'agent');
    for (let i = 0; i < 5; i += 1) {
      const response = await ask('POST', '/session', { username: 'budi', password: `salah ${i}` });
      expect(response.statusCode).toBe(401);
    }
    const refused = await ask('POST', '/session', { username: 'budi', password: PASSWORD });
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({
      error: { code: 'too-many-attempts', message: expect.stringContaining('15 menit') as string },
    });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(900);

    server.clock.advance(15 * 60_000);
    const later = await ask('POST', '/session', { username: 'budi', password: PASSWORD });
    expect(later.statusCode).toBe(200);
  });

  it('counts parallel tries one by one', async () => {
    await server.addPerson('tono', 'agent');
    const tries = Array.from({ length: 8 }, (_, i) =>
      ask('POST', '/session', { username: 'tono', password: `salah ${i}` }),
    );
    const statuses = (await Promise.all(tries)).map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });

  it('keeps an inactive person out', async () => {
    const { staffId } = await server.addPerson('pensiun', 'agent');
    await server.services.models.staff.updateOne({ _id: staffId }, { $set: { active: false } });
    const response = await ask('POST', '/session', { username: 'pensiun', password: PASSWORD });
    expect(response.json()).toMatchObject({ error: { code: 'wrong-credentials' } });
  });

  it('speaks the language of the browser until it knows the person', async () => {
    const body = { username: 'siapa', password: 'salah sama sekali' };
    const english = await ask('POST', '/session', body, { 'accept-language': 'en-GB,en;q=0.9,id;q=0.5' });
    expect(english.json<{ error: { message: string } }>().error.message).toMatch(/password/);
    const indonesian = await ask('POST', '/session', body, { 'accept-language': 'fr' });
    expect(indonesian.json<{ error: { message: string } }>().error.message).toMatch(/kata sandi/);
  });
});

describe('a session', () => {
  it('ends after the hours of SESSION_HOURS without use and lives on while it is used', async () => {
    const { ask: asSari } = await server.signedInAs('sesi', 'agent');
    server.clock.advance(11 * 3_600_000);
    const used = await asSari('GET', '/session');
    expect(used.statusCode).toBe(200);
    expect(used.cookies[0]?.name).toBe('dering_session');
    server.clock.advance(11 * 3_600_000);
    expect((await asSari('GET', '/session')).statusCode).toBe(200);
    server.clock.advance(12 * 3_600_000);
    expect((await asSari('GET', '/session')).statusCode).toBe(401);
  });

  it('is stored only as a hash', async () => {
    const { cookie } = await server.signedInAs('jejak', 'agent');
    const sessions = await server.services.models.sessions.find({ staffId: 'staff-jejak' }).lean();
    expect(sessions).toHaveLength(1);
    expect(JSON.stringify(sessions)).not.toContain(cookie.split('=')[1]);
  });

  it('is listed and can be revoked by its owner only', async () => {
    const one = await server.signedInAs('dua-kali', 'agent');
    const other = await server.signedInAs('orang-lain', 'agent');
    const second = await ask('POST', '/session', { username: 'dua-kali', password: PASSWORD });
    const { items } = (await one.ask('GET', '/sessions')).json<{
      items: { id: string; current: boolean }[];
    }>();
    expect(items).toHaveLength(2);
    expect(items.filter(({ current }) => current)).toHaveLength(1);
    const theOther = items.find(({ current }) => !current)?.id ?? '';

    expect((await other.ask('DELETE', `/sessions/${theOther}`)).statusCode).toBe(404);
    expect((await one.ask('DELETE', `/sessions/${theOther}`)).statusCode).toBe(204);
    const revoked = await ask('GET', '/session', undefined, { cookie: cookieOf(second) });
    expect(revoked.statusCode).toBe(401);
  });

  it('ends with signing out', async () => {
    const { ask: asEka } = await server.signedInAs('eka', 'agent');
    expect((await asEka('DELETE', '/session')).statusCode).toBe(204);
    expect((await asEka('GET', '/session')).statusCode).toBe(401);
  });

  it('ends everywhere else when the password changes, which wants the present one and a strong one', async () => {
    const here = await server.signedInAs('ganti', 'agent');
    const there = await ask('POST', '/session', { username: 'ganti', password: PASSWORD });
    const wrong = await here.ask('POST', '/session/password', {
      current: 'bukan ini',
      next: 'sepeda merah jambu',
    });
    expect(wrong.statusCode).toBe(401);
    const weak = await here.ask('POST', '/session/password', { current: PASSWORD, next: 'ganti12345' });
    expect(weak.json()).toMatchObject({ error: { code: 'weak-password' } });
    const changed = await here.ask('POST', '/session/password', {
      current: PASSWORD,
      next: 'sepeda merah jambu',
    });
    expect(changed.statusCode).toBe(204);
    expect((await here.ask('GET', '/session')).statusCode).toBe(200);
    expect((await ask('GET', '/session', undefined, { cookie: cookieOf(there) })).statusCode).toBe(401);
  });

  it('ends when the person is deactivated', async () => {
    const admin = await server.signedInAs('pengelola', 'administrator');
    const agent = await server.signedInAs('berhenti', 'agent');
    await admin.ask('PATCH', `/staff/${agent.staffId}`, { active: false });
    expect((await agent.ask('GET', '/session')).statusCode).toBe(401);
    expect(await server.services.models.sessions.countDocuments({ staffId: agent.staffId })).toBe(0);
  });
});

describe('writes', () => {
  it.each([
    ['without the header of the page', { 'x-requested-with': '' }],
    ['from another site', { origin: 'https://jahat.example.id' }],
    ['from a page without an origin', { origin: 'null' }],
  ])('are refused %s', async (_case, headers) => {
    const { ask: asAgent } = await server.signedInAs(`csrf-${_case.length}`, 'agent');
    const response = await asAgent('PATCH', '/session', { language: 'en' }, headers);
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ error: { code: 'not-allowed' } });
  });

  it('are accepted from the public address and from the address asked for', async () => {
    const { ask: asAgent } = await server.signedInAs('csrf-baik', 'agent');
    for (const origin of ['http://dering.test', 'http://localhost:80']) {
      const headers = { origin, host: 'localhost:80' };
      expect((await asAgent('PATCH', '/session', { language: 'en' }, headers)).statusCode).toBe(200);
    }
  });
});

describe('the first administrator', () => {
  it('sets username and password by the link of the first start, once', async () => {
    const fresh = await startConsoleServer();
    const anybody = asker(fresh.app);
    const first = await ensureFirstAdministrator(fresh.services, { now: fresh.clock.now() });
    const url = await ensureFirstAdministrator(fresh.services, { now: fresh.clock.now() });
    const token = new URL(url ?? '').searchParams.get('token') ?? '';
    expect(url).toBe(`http://dering.test/console/setup?token=${token}`);
    expect(first).not.toBe(url);
    expect(JSON.stringify(await fresh.services.models.staff.find().lean())).not.toContain(token);

    const stale = new URL(first ?? '').searchParams.get('token') ?? '';
    expect((await anybody('GET', `/setup?token=${stale}`)).json()).toEqual({
      valid: false,
      needsUsername: false,
    });
    expect((await anybody('GET', `/setup?token=${token}`)).json()).toEqual({
      valid: true,
      needsUsername: true,
    });

    const without = await anybody('POST', '/setup', { token, password: PASSWORD });
    expect(without.json()).toMatchObject({
      error: { code: 'invalid-input', fields: [{ path: 'username' }] },
    });
    const body = { token, username: 'Kepala', name: 'Kepala Contoh', password: PASSWORD };
    const weak = await anybody('POST', '/setup', { ...body, password: 'kepala-kepala' });
    expect(weak.json()).toMatchObject({ error: { code: 'weak-password' } });

    const done = await anybody('POST', '/setup', body);
    expect(done.json()).toMatchObject({ username: 'kepala', roles: ['administrator', 'agent'] });
    const again = await anybody('POST', '/setup', body);
    expect(again.json()).toMatchObject({ error: { code: 'setup-token-invalid' } });
    expect(await ensureFirstAdministrator(fresh.services, { now: fresh.clock.now() })).toBeNull();
    await fresh.close();
  });
});
