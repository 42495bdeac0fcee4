import Fastify from 'fastify';
import { vi } from 'vitest';
import { MESSAGES_PATH } from '../../../src/channels/teams/activity-routes.js';
import { createTeams, type Teams } from '../../../src/channels/teams/index.js';
import type { Place, PlaceStore, TeamsPorts } from '../../../src/channels/teams/types.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { silentLogger } from '../../../src/shared/logger.js';
import { createFakeInbox, type FakeInbox } from '../../contracts/channel-contract.js';
import {
  APP_ID,
  PASSWORD,
  startTeamsServer,
  TENANT_ID,
  type Json,
  type TeamsServer,
} from '../../support/teams-server/index.js';
import { Person, SARI } from '../../support/teams-server/person.js';
import { createFakeOffice } from '../web-chat/fake-office.js';

/** A bot of ours, connected to the stand-in, with an inbox that remembers. */
export interface TestBot {
  server: TeamsServer;
  url: string;
  teams: Teams;
  inbox: FakeInbox;
  clock: VirtualClock;
  places: Map<string, Place>;
  reachable: Map<string, boolean>;
  /** Open waits of the channel, ended by the test. */
  waits: (() => void)[];
  person: Person;
  /** As Microsoft posts it, with a good token unless another is given. */
  post(activity: unknown, token?: string): Promise<{ status: number; body: Json }>;

  until(check: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export async function startBot(ports: Partial<TeamsPorts> = {}, connected = true): Promise<TestBot> {
  const server = await startTeamsServer();
  const clock = new VirtualClock(new Date('2026-03-02T01:00:00Z'));
  const inbox = createFakeInbox();
  const places = new Map<string, Place>();
  const reachable = new Map<string, boolean>();
  const waits: (() => void)[] = [];
  const office = createFakeOffice();
  const teams = createTeams({
    ...{ clock, texts: loadTexts(), log: silentLogger, maxFileBytes: 1_000_000 },
    account: { appId: APP_ID, password: PASSWORD, tenantId: TENANT_ID },
    endpoints: {
      login: `${server.origin}/login`,
      openId: `${server.origin}/openid`,
      serviceUrls: [server.serviceUrl],
    },
    places: createPlaces(places),
    wait: (_milliseconds, signal) =>
      new Promise((resolve) => {
        waits.push(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
    deadline: () => new AbortController().signal,
    storeFile: async ({ stream, name, address, now }) => {
      const conversationKey = { channel: 'web-chat' as const, account: 'web', address };
      return office.ports.storeFile({ stream, name, conversationKey, now });
    },
    openFile: async (address, fileId) => {
      const opened = await office.ports.openFile(address, fileId);
      return opened && { file: opened.file, read: () => opened.stream };
    },
    isOffered: () => Promise.resolve(true),
    noteReachable: (address, state) => {
      reachable.set(address, state);
      return Promise.resolve();
    },
    ...ports,
  });
  const app = Fastify({ forceCloseConnections: true });
  await app.register(teams.routes);
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}${MESSAGES_PATH}`;
  await teams.start(inbox);
  const until = (check: () => boolean): Promise<void> =>
    vi.waitFor(
      () => {
        if (!check()) throw new Error(`not so: ${check.toString()}`);
      },
      { timeout: 15_000, interval: 5 },
    );
  if (connected) await until(() => teams.health().state === 'up');
  const post: TestBot['post'] = async (activity, token = server.token(clock.now())) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
  };
  return {
    ...{ server, url, teams, inbox, clock, places, reachable, waits, until, post },
    person: new Person(server, () => clock.now()),
    async close() {
      await teams.stop();
      await app.close();
      await server.close();
    },
  };
}

const EMPTY = {
  ...{ userId: null, aadObjectId: null, name: null, email: null, askedAt: null },
  ...{ teamId: null, teamName: null, channelName: null, goneAt: null },
};

function createPlaces(places: Map<string, Place>): PlaceStore {
  const handled = new Set<string>();
  return {
    find: (id) => Promise.resolve(places.get(id)),
    ofPerson: (aadObjectId) =>
      Promise.resolve(
        [...places.values()].find((one) => one.kind === 'person' && one.aadObjectId === aadObjectId),
      ),
    channels: () =>
      Promise.resolve(
        [...places.values()].filter(({ kind, goneAt }) => kind === 'channel' && goneAt === null),
      ),
    save(place) {
      places.set(place.id, { ...EMPTY, ...places.get(place.id), ...place });
      return Promise.resolve();
    },
    leaveTeam(teamId, now) {
      for (const place of places.values()) if (place.teamId === teamId) place.goneAt = now;
      return Promise.resolve();
    },
    wasHandled: (id, activityId) => Promise.resolve(handled.has(`${id} ${activityId}`)),
    noteHandled(id, activityId) {
      handled.add(`${id} ${activityId}`);
      return Promise.resolve();
    },
  };
}

/** A message of the office to Sari. */
export function toSari(
  content: Parameters<Teams['send']>[0]['content'],
  id = '01ARZ3NDEKTSV4RRFFQ69G5FAV',
): Parameters<Teams['send']>[0] {
  return { id, conversationId: 'C1', address: SARI.chat, author: { kind: 'bot' }, content };
}
