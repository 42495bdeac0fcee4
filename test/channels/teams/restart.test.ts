import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MESSAGES_PATH } from '../../../src/channels/teams/activity-routes.js';
import { createTeams, type Teams } from '../../../src/channels/teams/index.js';
import type { Channel } from '../../../src/conversation/channel.js';
import { createEngine, type Engine } from '../../../src/conversation/engine.js';
import { receiveMessage } from '../../../src/conversation/receive-message.js';
import type { CardAction } from '../../../src/conversation/unit-board.js';
import { dialogSet } from '../../../src/dialogs/index.js';
import { JOBS } from '../../../src/scheduler/jobs/index.js';
import { runUntil } from '../../../src/scheduler/run-until.js';
import { createTeamsPorts } from '../../../src/teams-ports.js';
import { createTestServices, type TestServices } from '../../support/services.js';
import {
  APP_ID,
  PASSWORD,
  startTeamsServer,
  TENANT_ID,
  type Json,
  type Shown,
  type TeamsServer,
} from '../../support/teams-server/index.js';
import { buttonsOf, CHANNEL, Person, SARI, wordsOf } from '../../support/teams-server/person.js';

/** One process of the office with its real dialogs and database, reached over Teams. */
interface Process {
  engine: Engine;
  teams: Teams;
  post(activity: Json): Promise<{ status: number; body: Json }>;
  /** As kill -9: nothing is finished or told. */
  kill(): Promise<void>;
}

let test: TestServices;
let server: TeamsServer;
let person: Person;
let office: Process;

beforeEach(async () => {
  test = await createTestServices();
  server = await startTeamsServer();
  person = new Person(server, () => test.clock.now());
  server.members.set(SARI.userId, {
    ...{ name: 'Sari Contoh', email: 'sari@contoh.go.id', userPrincipalName: 'sari@contoh.go.id' },
  });
  office = await start('process-1');
});
afterEach(async () => {
  await office.teams.stop();
  await office.engine.queue.idle();
  await office.kill();
  await server.close();
  await test.close();
});

async function start(owner: string): Promise<Process> {
  const { services, clock } = test;
  const account = { appId: APP_ID, password: PASSWORD, tenantId: TENANT_ID };
  const config = { ...account, serviceUrls: [server.serviceUrl] };
  const ports = createTeamsPorts(services, config, clock, () => engine);
  const teams = createTeams({
    ...ports,
    endpoints: { ...ports.endpoints, login: `${server.origin}/login`, openId: `${server.origin}/openid` },
  });
  const channels = new Map<Channel['name'], Channel>([['teams', teams]]);
  const engine: Engine = createEngine({ services, clock, channels, dialogs: dialogSet, owner });
  const app = Fastify({ forceCloseConnections: true });
  await app.register(teams.routes);
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}${MESSAGES_PATH}`;
  await teams.start({ receive: (message) => receiveMessage(engine, message) });
  await vi.waitFor(() => expect(teams.health().state).toBe('up'), { timeout: 10_000 });
  return {
    ...{ engine, teams },
    async post(activity) {
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${server.token(clock.now())}`,
      };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity) });
      return { status: response.status, body: (await response.json()) as Json };
    },
    kill: () => app.close(),
  };
}

const shown = (): Shown[] => server.of(SARI.chat);

async function does(activity: Json): Promise<string> {
  const before = shown().length;
  expect((await office.post(activity)).status).toBe(200);
  await office.engine.queue.idle();
  await tick(10);
  return shown().slice(before).map(wordsOf).join('\n---\n');
}

async function tick(seconds: number): Promise<void> {
  const mailTransport = { mode: 'folder' as const, send: () => Promise.resolve() };
  const until = new Date(test.clock.now().getTime() + seconds * 1000);
  await runUntil(JOBS, { engine: office.engine, mailTransport }, test.clock, until);
  await office.engine.queue.idle();
}

describe('after a restart', () => {
  it('a consultation over Teams goes on, and the office still writes by itself', async () => {
    await does(person.text('menu'));
    await does(person.press('Setuju'));
    const asked = await does(person.press('Konsultasi'));
    expect(asked).not.toBe('');
    const conversation = await test.services.models.conversations.findOne({ address: SARI.chat }).lean();
    expect(conversation?.vouched).toEqual({ email: 'sari@contoh.go.id' });

    await office.kill();
    office = await start('process-2');
    await office.teams.send({
      ...{ id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', conversationId: 'C1', address: SARI.chat },
      ...{ author: { kind: 'bot' }, content: { kind: 'text', text: 'Pesan dari kantor' } },
    });
    expect(wordsOf(shown().at(-1)!)).toBe('Pesan dari kantor');
    expect(await does(person.text('Sari Contoh'))).not.toBe('');
    const inbound = await test.services.models.messages.find({ direction: 'in' }).lean();
    expect(inbound).toHaveLength(4);
  });

  it('a message that was delivered before is recognised', async () => {
    const message = person.text('menu');
    await does(message);
    await office.kill();
    office = await start('process-2');
    expect(await does(message)).toBe('');
    expect(await test.services.models.messages.countDocuments({ direction: 'in' })).toBe(1);
  });

  it('a press of a unit that was recorded is not recorded again, and channels are known', async () => {
    const actions: CardAction[] = [];
    const listener = {
      act: (action: CardAction) => {
        actions.push(action);
        return Promise.resolve({ kind: 'message' as const, text: 'Tercatat.' });
      },
      reply: () => Promise.resolve(true),
    };
    office.teams.board.listen(listener);
    const press = person.execute('900', { v: 1, kind: 'escalation', id: 'E1' });
    expect((await office.post(press)).body.value).toBe('Tercatat.');
    await office.kill();
    office = await start('process-2');
    office.teams.board.listen(listener);
    expect((await office.post(press)).body.value).toMatch(/sudah tercatat/);
    expect(actions).toHaveLength(1);
    const [known] = await office.teams.board.channels();
    expect(known).toMatchObject({ channelId: CHANNEL.id, channelName: CHANNEL.name });
    const place = await office.teams.board.post(known!, { type: 'AdaptiveCard' }, 'Tiket');
    expect(server.of(place.conversationId)).toHaveLength(1);
  });

  it('a user who cannot be reached is shown so, until they write again', async () => {
    await does(person.text('menu'));
    server.fails('send', { status: 403, code: 'ConversationBlockedByUser' });
    await does(person.text('halo'));
    const find = async (): Promise<Date | null | undefined> =>
      (await test.services.models.conversations.findOne({ address: SARI.chat }).lean())?.unreachableAt;
    expect(await find()).toBeInstanceOf(Date);
    await does(person.text('saya kembali'));
    expect(await find()).toBeNull();
  });
});

describe('buttons on a card', () => {
  it('show what the dialog offers', async () => {
    await does(person.text('menu'));
    expect(buttonsOf(shown().findLast((one) => buttonsOf(one).length > 0)!).length).toBeGreaterThan(1);
  });
});
