import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endSessions } from '../../src/services/staff/end-session.js';
import { startConsoleServer, type ConsoleServer } from './console-server.js';

interface Event {
  id: string | undefined;
  event: string;
  data: unknown;
}

/** An open stream, read as a browser's EventSource reads it. */
class Listener {
  readonly events: Event[] = [];
  /** As EventSource would send it on the next connection. */
  lastEventId = '';
  ended = false;
  pings = 0;
  #text = '';
  #wake: () => void = () => undefined;

  constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      this.#text += chunk;
      const blocks = this.#text.split('\n\n');
      this.#text = blocks.pop() ?? '';
      for (const block of blocks) {
        if (block === ': ping') this.pings += 1;
        else this.#take(block);
      }
      this.#wake();
    });
    response.on('close', () => {
      this.ended = true;
      this.#wake();
    });
  }

  #take(block: string): void {
    const fields = Object.fromEntries(
      block.split('\n').map((row): [string, string] => {
        const colon = row.indexOf(': ');
        return [row.slice(0, colon), row.slice(colon + 2)];
      }),
    );
    if (fields.id) this.lastEventId = fields.id;
    if (fields.data)
      this.events.push({ id: fields.id, event: fields.event ?? 'message', data: JSON.parse(fields.data) });
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) {
      if (this.ended) throw new Error(`the stream ended after ${JSON.stringify(this.events)}`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async end(): Promise<void> {
    while (!this.ended) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** The network goes away. */
  cut(): void {
    this.response.destroy();
  }
}

let server: ConsoleServer;
let url: string;

beforeEach(async () => {
  server = await startConsoleServer();
  url = await server.app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(() => server.close());

function listen(cookie: string, lastEventId?: string): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
    get(`${url}/api/v1/events`, { headers }, (response) => resolve(new Listener(response))).on(
      'error',
      reject,
    );
  });
}

function publish(...ids: string[]): void {
  for (const id of ids) server.services.changes.publish({ topic: 'ticket', id, conversationId: `c-${id}` });
}

const idsOf = (listener: Listener): unknown[] =>
  listener.events.map(({ data }) => (data as { id: string }).id);

describe('live changes', () => {
  it('arrive as they happen, with identifiers only', async () => {
    const { cookie } = await server.signedInAs('sari', 'agent');
    const listener = await listen(cookie);
    expect(listener.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    await listener.until(() => listener.lastEventId !== '');
    publish('T1');
    await listener.until(() => listener.events.length > 0);
    expect(listener.events[0]).toMatchObject({
      event: 'change',
      data: { topic: 'ticket', id: 'T1', conversationId: 'c-T1' },
    });
    listener.cut();
  });

  it('that happened during a break come first, each once and in order', async () => {
    const { cookie } = await server.signedInAs('sari', 'agent');
    const before = await listen(cookie);
    await before.until(() => before.lastEventId !== '');
    publish('T1', 'T2');
    await before.until(() => before.events.length === 2);
    before.cut();
    await before.end();
    publish('T3', 'T4', 'T5');
    const after = await listen(cookie, before.lastEventId);
    publish('T6');
    await after.until(() => after.events.length >= 4);
    expect([...idsOf(before), ...idsOf(after)]).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'T6']);
    after.cut();
  });

  it('are caught up even when the break came before the first one', async () => {
    const { cookie } = await server.signedInAs('sari', 'agent');
    const before = await listen(cookie);
    await before.until(() => before.lastEventId !== '');
    before.cut();
    publish('T1');
    const after = await listen(cookie, before.lastEventId);
    await after.until(() => after.events.length > 0);
    expect(idsOf(after)).toEqual(['T1']);
    after.cut();
  });

  it.each(['another-process-17', 'test-99999999', 'nonsense', ''])(
    'make the page reload when they cannot be caught up after %j',
    async (cursor) => {
      const { cookie } = await server.signedInAs('sari', 'agent');
      publish('T1');
      const listener = await listen(cookie, cursor);
      await listener.until(() => listener.events.length > 0);
      expect(listener.events[0]).toMatchObject({ event: 'reset', id: server.services.changes.cursor });
      publish('T2');
      await listener.until(() => listener.events.length > 1);
      expect(idsOf(listener).slice(1)).toEqual(['T2']);
      listener.cut();
    },
  );

  it('reach only those whose role may see them', async () => {
    const agent = await server.signedInAs('sari', 'agent');
    const lobby = await server.signedInAs('lobi', 'receptionist');
    const admin = await server.signedInAs('pengelola', 'administrator');
    const listeners = await Promise.all([agent, lobby, admin].map(({ cookie }) => listen(cookie)));
    for (const listener of listeners) await listener.until(() => listener.lastEventId !== '');
    const { changes } = server.services;
    for (const topic of ['ticket', 'message', 'mail', 'staff', 'settings'] as const)
      changes.publish({ topic, id: 'x' });
    for (const listener of listeners)
      await listener.until(() =>
        listener.events.some(({ data }) => (data as { topic: string }).topic === 'settings'),
      );
    const topics = listeners.map(({ events }) => events.map(({ data }) => (data as { topic: string }).topic));
    expect(topics).toEqual([
      ['ticket', 'message', 'mail', 'settings'],
      ['settings'],
      ['ticket', 'message', 'mail', 'staff', 'settings'],
    ]);
    for (const listener of listeners) listener.cut();
  });

  it('stop when the session is revoked', async () => {
    const { cookie, staffId } = await server.signedInAs('sari', 'agent');
    const listener = await listen(cookie);
    await listener.until(() => listener.lastEventId !== '');
    await endSessions(server.services, { staffId });
    await listener.end();
    expect(listener.ended).toBe(true);
  });

  it('keep the line warm every 20 seconds, and end when the session has expired', async () => {
    const { cookie } = await server.signedInAs('sari', 'agent');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const listener = await listen(cookie);
      await listener.until(() => listener.lastEventId !== '');
      await vi.advanceTimersByTimeAsync(60_000);
      await listener.until(() => listener.pings === 3);
      // An open screen alone does not count as use.
      server.clock.advance(12 * 3_600_000);
      await vi.advanceTimersByTimeAsync(20_000);
      await listener.end();
      expect(listener.ended).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('do not pile up for a reader who does not read; it is told to reload', async () => {
    const { cookie } = await server.signedInAs('sari', 'agent');
    const listener = await listen(cookie);
    await listener.until(() => listener.lastEventId !== '');
    listener.response.pause();
    const long = 'x'.repeat(4_000);
    for (let i = 0; i < 3_000; i += 1) {
      publish(`${long}${i}`);
      // Lets the socket fill as it would in life.
      if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    listener.response.resume();
    await listener.until(() => listener.events.some(({ event }) => event === 'reset'));
    publish('last');
    await listener.until(() => idsOf(listener).includes('last'));
    expect(listener.events.length).toBeLessThan(3_000);
    listener.cut();
  });

  it('end when the server closes, which does not wait for them', async () => {
    const { cookie } = await server.signedInAs('sari', 'agent');
    const listener = await listen(cookie);
    await listener.until(() => listener.lastEventId !== '');
    await server.app.close();
    await listener.end();
    expect(listener.ended).toBe(true);
  });

  it('are not for strangers', async () => {
    const response = await server.app.inject('/api/v1/events');
    expect(response.statusCode).toBe(401);
  });
});
