import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { acceptedLanguage } from '../../src/console/reader-language.js';
import { startConsoleServer, type ConsoleServer } from './console-server.js';

let server: ConsoleServer;

beforeAll(async () => {
  server = await startConsoleServer();
  await server.services.models.minutes.create({
    ...{ _id: 'M1', number: 'BAK-000001/DJPK/2026', revision: 0, ticketId: 'T1', fileId: 'F1' },
    ticketNumber: 'DJPK-2026-000001<script>alert("1")</script>',
    ...{ contentHash: 'a'.repeat(64), fileHash: 'b'.repeat(64), verificationCode: 'kode-rahasia' },
    ...{ issuedAt: server.clock.now(), officerName: 'Sari Contoh' },
  });
});
afterAll(() => server.close());

describe('the verification page (R-A6)', () => {
  it('shows number, date, ticket and hash in Indonesian, escaped', async () => {
    const response = await server.app.inject('/verify/kode-rahasia');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.body).toContain('<html lang="id">');
    expect(response.body).toContain('BAK-000001/DJPK/2026');
    expect(response.body).toContain('Senin, 2 Maret 2026 pukul 10.00 WIB');
    expect(response.body).toContain('a'.repeat(64));
    expect(response.body).toContain('BAK dengan nomor BAK-000001/DJPK/2026 tercatat');
    expect(response.body).toContain('b'.repeat(64));
    expect(response.body).not.toContain('<script>');
    expect(response.body).toContain('DJPK-2026-000001&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(response.body).not.toContain('Sari Contoh');
  });

  it.each(['id', 'en'])(
    'claims no more than it can know: what is on record, not that a paper is genuine (%s)',
    async (lang) => {
      const { body } = await server.app.inject(`/verify/kode-rahasia?lang=${lang}`);
      expect(body).not.toMatch(/\bsah\b|genuine|valid/u);
      expect(body).toMatch(/hanya sidik berkas PDF yang membuktikan|only the hash of the PDF file proves/u);
    },
  );

  it('speaks English to an English browser and on request', async () => {
    const browser = { 'accept-language': 'en-US,en;q=0.8' };
    const english = await server.app.inject({ url: '/verify/kode-rahasia', headers: browser });
    expect(english.body).toContain('<html lang="en">');
    expect(english.body).toContain('Monday, 2 March 2026 at 10:00 WIB');
    const asked = await server.app.inject({ url: '/verify/kode-rahasia?lang=id', headers: browser });
    expect(asked.body).toContain('<html lang="id">');
    const nonsense = await server.app.inject('/verify/kode-rahasia?lang=xx');
    expect(nonsense.body).toContain('<html lang="id">');
  });

  it.each(['tidak-ada', '%3Cscript%3E', '%7B%22%24ne%22%3Anull%7D', '%00'])(
    'says clearly that %s is not on record',
    async (code) => {
      const response = await server.app.inject(`/verify/${code}`);
      expect(response.statusCode).toBe(404);
      expect(response.body).toContain('Dokumen tidak ditemukan');
      expect(response.body).not.toContain('<script');
    },
  );
});

describe('the console page', () => {
  it.each(['/console', '/console/', '/console/setup?token=abc', '/console/tickets/DJPK-2026-000001'])(
    'is served at %s under a content policy that allows this server only',
    async (url) => {
      const response = await server.app.inject(url);
      expect([response.statusCode, response.body]).toEqual([200, '<!doctype html><title>console</title>']);
      expect(response.headers['cache-control']).toBe('no-cache');
      const policy = String(response.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
    },
  );

  it('lets browsers keep the files whose name holds their hash', async () => {
    const response = await server.app.inject('/console/assets/main-abc123.js');
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toContain('immutable');
  });

  it.each([
    '/console/..%2f..%2fpackage.json',
    '/console/%2e%2e/%2e%2e/etc/passwd',
    '/console/../../etc/passwd',
    '/console/assets/..%5c..%5c..%5cpackage.json',
    '/console/assets/nothing.js',
    '/console/.env',
    '/chat/..%2f..%2fpackage.json',
  ])('serves nothing outside its folder: %s is a 404', async (url) => {
    expect((await server.app.inject(url)).statusCode).toBe(404);
  });

  it('says what to do when it has not been built', async () => {
    const unbuilt = await startConsoleServer();
    await rm(join(unbuilt.folder, 'client'), { recursive: true });
    const response = await unbuilt.app.inject('/console');
    expect(response.statusCode).toBe(503);
    expect(response.body).toContain('npm run build');
    await unbuilt.close();
  });
});

/** Without the many lines that are of no interest here. */
async function metrics(): Promise<string[]> {
  const { body } = await server.app.inject('/metrics');
  return body.split('\n').filter((row) => /^dering_(turn|messages|queue)|_count/.test(row));
}

describe('machines', () => {
  it('learn that the process lives and that it can work', async () => {
    expect((await server.app.inject('/healthz')).json()).toEqual({ status: 'up' });
    const ready = await server.app.inject('/readyz');
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toEqual({
      ...{ status: 'ready', database: 'up', oldestPendingSeconds: 0 },
      channels: {
        'web-chat': {
          ...{ state: 'up', lastInboundAt: null, lastConfirmedOutboundAt: null, queueAgeSeconds: 0 },
        },
      },
    });
  });

  it('learn that messages stand still', async () => {
    const at = server.clock.now();
    await server.services.models.messages.create({
      ...{
        _id: 'wartet',
        conversationId: 'C',
        direction: 'in',
        author: { kind: 'user' },
        channel: 'web-chat',
      },
      ...{
        content: { kind: 'text', text: 'halo' },
        account: 'test',
        providerId: 'p',
        sentAt: at,
        receivedAt: at,
      },
      pending: true,
    });
    server.clock.advance(121_000);
    const ready = await server.app.inject('/readyz');
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toMatchObject({
      ...{ status: 'not-ready', database: 'up', oldestPendingSeconds: 121 },
      channels: { 'web-chat': { state: 'up', lastInboundAt: at.toISOString() } },
    });
    const body = await metrics();
    expect(body).toContain('dering_queue_length{queue="inbox"} 1');
    expect(body).toContain('dering_queue_oldest_seconds{queue="inbox"} 121');
    await server.services.models.messages.deleteOne({ _id: 'wartet' });
  });

  it('read the queues anew only every ten seconds, however often they ask', async () => {
    server.clock.advance(10_000);
    await metrics();
    const read = vi.spyOn(server.services.models.mails, 'find');
    for (let i = 0; i < 20; i += 1) await metrics();
    expect(read).not.toHaveBeenCalled();
    server.clock.advance(10_000);
    expect(await metrics()).toContain('dering_queue_length{queue="inbox"} 0');
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('read counts by channel and route, nothing about persons', async () => {
    server.engine.counts.turns = 3;
    server.engine.counts.received.set('web-chat', 2);
    await server.app.inject('/api/v1/tickets/DJPK-2026-000001');
    const { headers } = await server.app.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    const body = await metrics();
    expect(body).toContain('dering_turns_total 3');
    expect(body).toContain('dering_messages_received_total{channel="web-chat"} 2');
    expect(body.join()).toContain('route="/api/v1/tickets/:number",status="401"');
    expect(body.join()).not.toContain('DJPK-2026-000001');
  });
});

describe('requests', () => {
  it('have to end within ten minutes, so that no trickle holds a connection for ever', () => {
    expect(server.app.server.requestTimeout).toBe(600_000);
  });

  it('HEAD answers like GET without the body', async () => {
    const { ask } = await server.signedInAs('kepala', 'agent');
    const head = await ask('HEAD', '/topics');
    expect([head.statusCode, head.body]).toEqual([200, '']);
  });

  it('OPTIONS names the methods and lets no other site in', async () => {
    const response = await server.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/tickets',
      headers: { origin: 'https://jahat.example.id', 'access-control-request-method': 'POST' },
    });
    expect(response.statusCode).toBe(204);
    expect(response.headers.allow).toContain('PATCH');
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

describe('the language of a browser', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['fr, de;q=0.5', undefined],
    ['en', 'en'],
    ['id-ID,id;q=0.9,en;q=0.8', 'id'],
    ['id;q=0.1,en;q=0.9', 'en'],
    ['en;q=0, id', 'id'],
    ['*;q=0.5', undefined],
    [';;;,,q=', undefined],
  ])('%j is read as %j', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language);
  });
});
