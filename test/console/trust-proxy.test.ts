import { afterEach, describe, expect, it } from 'vitest';
import { startConsoleServer, type ConsoleServer } from './console-server.js';

let server: ConsoleServer;
afterEach(() => server.close());

/** The address that the server takes for the visitor's when a proxy at `peer` says `forwarded`. */
async function seenAs(trust: string, peer: string, forwarded: string): Promise<string> {
  server = await startConsoleServer({ TRUST_PROXY: trust }, (app) => app.get('/ip', ({ ip }) => ip));
  const headers = { 'x-forwarded-for': forwarded };
  return (await server.app.inject({ url: '/ip', remoteAddress: peer, headers })).body;
}

describe('the address of a visitor', () => {
  it('is the one that a named proxy saw, not what the visitor wrote before it', async () => {
    expect(await seenAs('10.0.0.0/8', '10.0.0.7', '192.0.2.66, 203.0.113.9')).toBe('203.0.113.9');
  });

  it('is the real one for whoever goes past the proxy', async () => {
    expect(await seenAs('10.0.0.0/8', '198.51.100.4', '203.0.113.9')).toBe('198.51.100.4');
  });

  it('is the real one without a proxy', async () => {
    expect(await seenAs('false', '10.0.0.7', '203.0.113.9')).toBe('10.0.0.7');
  });
});
