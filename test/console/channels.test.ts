import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, ChannelHealth } from '../../src/conversation/channel.js';
import { PairingError, type PairingState } from '../../src/conversation/pairing.js';
import { CONFIG_VARIABLES } from '../../src/shared/config.js';
import type { Change } from '../../src/shared/change-feed.js';
import { recorder, startConsoleServer, type Asker, type ConsoleServer } from './console-server.js';

const QR = 'https://wa.me/settings/linked_devices#rahasia-qr';
const CODE = 'RAHASIA1';

/** A channel that has to be linked, and does what the test says. */
const board = {
  state: { phase: 'unpaired' } as PairingState,
  health: { state: 'down', reason: 'not paired' } as ChannelHealth,
  asked: [] as (string | undefined)[],
  listeners: new Set<() => void>(),
  show(state: PairingState): void {
    board.state = state;
    for (const listener of board.listeners) listener();
  },
};
const whatsapp: Channel = {
  ...recorder,
  ...{ name: 'whatsapp', account: 'main', health: () => board.health },
  status: () => ({
    state: board.health.state,
    lastInboundAt: null,
    lastConfirmedOutboundAt: new Date('2026-03-02T02:59:00Z'),
    queueAge: 90,
  }),
  pairing: {
    state: () => board.state,
    begin: (phone) => {
      if (board.state.phase === 'paired') return Promise.reject(new PairingError('already-paired'));
      board.asked.push(phone);
      const code = phone === undefined ? {} : { code: CODE };
      board.show({ phase: 'waiting', since: server.clock.now(), qr: QR, ...code });
      return Promise.resolve();
    },
    unpair: () => {
      board.show({ phase: 'unpaired' });
      return Promise.resolve();
    },
    onChange: (listener) => {
      board.listeners.add(listener);
      return () => board.listeners.delete(listener);
    },
  },
};

let server: ConsoleServer;
let admin: Asker;
let supervisor: Asker;
const changes: Change[] = [];

beforeAll(async () => {
  server = await startConsoleServer({}, undefined, { channels: [recorder, whatsapp] });
  admin = await server.signedInAs('kepala', 'administrator');
  supervisor = await server.signedInAs('pengawas', 'supervisor');
  server.services.changes.subscribe((change) => changes.push(change));
});
afterAll(() => server.close());
beforeEach(() => {
  Object.assign(board, { state: { phase: 'unpaired' }, asked: [] });
  board.health = { state: 'down', reason: 'not paired' };
  changes.length = 0;
});

const audit = () =>
  server.services.models.auditEntries
    .find({ action: /^channel\./ })
    .sort({ _id: -1 })
    .lean();

interface ListedChannel {
  name: string;
  state: string;
  variables: string[];
}

describe('the list of channels', () => {
  it('says how each does, and how to switch on what is off', async () => {
    const { items } = (await supervisor.ask('GET', '/channels')).json<{ items: ListedChannel[] }>();
    expect(items.map(({ name }) => name)).toEqual(['web-chat', 'whatsapp', 'telegram', 'teams', 'email']);
    expect(items[0]).toMatchObject({ state: 'up', account: 'http://dering.test/chat', pairing: null });
    expect(items[1]).toMatchObject({
      ...{ state: 'down', reason: 'not paired', account: null, pairing: 'unpaired', variables: [] },
      lastConfirmedOutboundAt: '2026-03-02T02:59:00.000Z',
      waitingSince: '2026-03-02T02:58:30.000Z',
    });
    expect(items.slice(2).map(({ state, variables }) => [state, ...variables])).toEqual([
      ['off', 'TELEGRAM_BOT_TOKEN'],
      ['off', 'TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'],
      ['off', 'IMAP_URL', 'SMTP_URL', 'MAIL_FROM'],
    ]);
    expect(CONFIG_VARIABLES).toEqual(expect.arrayContaining(items.flatMap(({ variables }) => variables)));
  });

  it('completes what a channel knows from the message log', async () => {
    const { models } = server.services;
    const at = new Date('2026-03-02T02:00:00Z');
    const line = {
      ...{
        conversationId: 'C',
        channel: 'whatsapp' as const,
        account: 'main',
        author: { kind: 'user' as const },
      },
      ...{ content: { kind: 'text' as const, text: 'halo' }, sentAt: at, receivedAt: at },
    };
    const delivery = { state: 'queued' as const, attempts: 1, nextAttemptAt: at, reason: null, at };
    await models.messages.create({ ...line, _id: '1', direction: 'in' });
    await models.messages.create({ ...line, _id: '2', direction: 'out', delivery });
    const { items } = (await admin.ask('GET', '/channels')).json<{ items: object[] }>();
    expect(items[1]).toMatchObject({
      ...{ queued: 1, waitingSince: at.toISOString(), lastInboundAt: at.toISOString() },
      lastConfirmedOutboundAt: '2026-03-02T02:59:00.000Z',
    });
    server.clock.advance(10_000);
    const { statusCode, body } = await server.app.inject('/readyz');
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      status: 'ready',
      channels: { whatsapp: { state: 'down', lastInboundAt: at.toISOString(), queueAgeSeconds: 3610 } },
    });
    expect(body).not.toContain('halo');
    await models.messages.deleteMany({});
  });

  it('holds neither QR nor code, whoever asks', async () => {
    board.show({ phase: 'waiting', since: server.clock.now(), qr: QR, code: CODE });
    for (const { ask } of [admin, supervisor]) {
      for (const path of ['/channels', '/overview'])
        expect((await ask('GET', path)).body).not.toMatch(/RAHASIA/i);
    }
  });

  it('shows the number once it is linked', async () => {
    board.show({ phase: 'paired', phone: '6281100000001' });
    const { items } = (await supervisor.ask('GET', '/channels')).json<{ items: object[] }>();
    expect(items[1]).toMatchObject({ account: '+6281100000001', pairing: 'paired' });
  });
});

describe('linking', () => {
  it('by QR: shown to administrators alone, cached nowhere, in the audit log without the secret', async () => {
    const begun = await admin.ask('POST', '/channels/whatsapp/pairing', {});
    expect([begun.statusCode, begun.headers['cache-control']]).toEqual([200, 'no-store']);
    const shown = await admin.ask('GET', '/channels/whatsapp/pairing');
    expect(shown.headers['cache-control']).toBe('no-store');
    expect(shown.json()).toMatchObject({ phase: 'waiting', qr: QR });
    expect((await supervisor.ask('GET', '/channels/whatsapp/pairing')).statusCode).toBe(403);
    const [entry] = await audit();
    expect(entry).toMatchObject({
      ...{ action: 'channel.pair', subject: 'whatsapp', actorId: admin.staffId, details: { method: 'qr' } },
    });
    expect(JSON.stringify(await audit())).not.toMatch(/RAHASIA/i);
  });

  it('by a code for a phone number, as people here write it', async () => {
    const begun = await admin.ask('POST', '/channels/whatsapp/pairing', { phone: '0811-1000-0001' });
    expect(begun.json()).toMatchObject({ code: CODE });
    expect(board.asked).toEqual(['6281110000001']);
    const wrong = await admin.ask('POST', '/channels/whatsapp/pairing', { phone: '12' });
    expect([wrong.statusCode, wrong.json<{ error: { fields: object[] } }>().error.fields]).toEqual([
      400,
      [expect.objectContaining({ path: 'phone' })],
    ]);
    expect(JSON.stringify(await audit())).not.toContain('81110000001');
  });

  it('screens hear that something changed and of which channel, never what', async () => {
    await admin.ask('POST', '/channels/whatsapp/pairing', {});
    expect(changes).toEqual([expect.objectContaining({ topic: 'channel', id: 'whatsapp' })]);
    expect(JSON.stringify(changes)).not.toMatch(/RAHASIA/i);
    board.health = { state: 'up' };
    await expect.poll(() => changes.length, { timeout: 5_000 }).toBe(2);
    expect(changes[1]).toMatchObject({ topic: 'channel', id: 'whatsapp' });
  });

  it('is refused while it is linked; unlinking is recorded', async () => {
    board.show({ phase: 'paired' });
    const refused = await admin.ask('POST', '/channels/whatsapp/pairing', {});
    expect([refused.statusCode, refused.json()]).toMatchObject([409, { error: { code: 'channel-linked' } }]);
    expect((await admin.ask('DELETE', '/channels/whatsapp/pairing')).statusCode).toBe(204);
    expect(board.state).toEqual({ phase: 'unpaired' });
    const [entry] = await audit();
    expect(entry).toMatchObject({
      action: 'channel.unpair',
      subject: 'whatsapp',
      details: { phase: 'paired' },
    });
  });

  it.each(['web-chat', 'telegram', 'fax'])('is not found for %s', async (name) => {
    const { statusCode } = await admin.ask('POST', `/channels/${name}/pairing`, {});
    expect(statusCode).toBe(name === 'fax' ? 400 : 404);
  });

  it('is not tried without end', async () => {
    const other = await server.signedInAs('tergesa', 'administrator');
    const tried = async () => (await other.ask('POST', '/channels/whatsapp/pairing', {})).statusCode;
    for (let i = 0; i < 6; i += 1) expect(await tried()).toBe(200);
    expect(await tried()).toBe(429);
    expect(board.asked).toHaveLength(6);
  });
});
