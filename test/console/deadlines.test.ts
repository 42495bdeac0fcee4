import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample } from '../support/tickets.js';
import { startConsoleServer, type Ask, type ConsoleServer } from './console-server.js';

let server: ConsoleServer;
let ask: Ask;
beforeAll(async () => {
  server = await startConsoleServer();
  ask = (await server.signedInAs('pengelola', 'administrator')).ask;
});
afterAll(() => server.close());

describe('the effect of a change on open tickets', () => {
  it('is told before it is saved, and saves nothing', async () => {
    const { number } = await openSample(server.services);
    const asked = await ask('POST', '/deadlines/preview', { addDay: '2026-03-03' });
    expect(asked.json()).toEqual({
      affected: 1,
      later: 1,
      items: [{ number, from: '2026-03-04T10:00:00.000Z', to: '2026-03-05T10:00:00.000Z' }],
      next: null,
    });
    const holidays = (await ask('GET', '/holidays?year=2026')).json<{ items: { date: string }[] }>();
    expect(holidays.items.map(({ date }) => date)).not.toContain('2026-03-03');
    const hours = (await ask('GET', '/office-hours')).json<{ periods: Record<string, unknown> }>();
    const closed = { ...hours, periods: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } };
    const refused = await ask('POST', '/deadlines/preview', { hours: closed });
    expect(refused.statusCode).toBe(400);
  });

  it('is the same for a clock, which then stands with its history in the audit log', async () => {
    const clocks = (await ask('GET', '/clocks')).json<Record<string, number>>();
    expect(clocks).toMatchObject({ consultation: 2, escalated: 3, 'video-network': 5 });
    const longer = { ...clocks, consultation: 3 };
    const effect = (await ask('POST', '/deadlines/preview', { clocks: longer })).json<{ affected: number }>();
    expect(effect.affected).toBe(1);
    expect((await ask('PUT', '/clocks', longer)).json()).toEqual(longer);
    expect((await ask('PUT', '/clocks', { ...clocks, consultation: 0 })).statusCode).toBe(400);
    const audit = (await ask('GET', '/audit')).json<{ items: { action: string; details: unknown }[] }>();
    expect(audit.items.find(({ action }) => action === 'clocks.change')?.details).toEqual({
      consultation: '2 → 3',
    });
  });

  it('moves a day off in one request, once', async () => {
    const day = { name: 'Cuti Bersama', kind: 'collective-leave' };
    expect((await ask('PUT', '/holidays/2026-07-06', day)).statusCode).toBe(200);
    const moved = { ...day, movedFrom: '2026-07-06' };
    expect((await ask('PUT', '/holidays/2026-07-07', moved)).statusCode).toBe(200);
    expect((await ask('PUT', '/holidays/2026-07-08', moved)).statusCode).toBe(404);
    const { items } = (await ask('GET', '/holidays?year=2026')).json<{ items: { date: string }[] }>();
    expect(items.map(({ date }) => date).filter((date) => date.startsWith('2026-07'))).toEqual([
      '2026-07-07',
    ]);
  });
});
