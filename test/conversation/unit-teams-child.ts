import { createInterface } from 'node:readline';
import Fastify from 'fastify';
import { MESSAGES_PATH } from '../../src/channels/teams/activity-routes.js';
import { createTeams } from '../../src/channels/teams/index.js';
import type { Channel } from '../../src/conversation/channel.js';
import { createEngine, type Engine } from '../../src/conversation/engine.js';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { loadBlocked, recoverInbox } from '../../src/conversation/sweep.js';
import { escalateAndSettle } from '../../src/conversation/step-escalation.js';
import { createUnitDesk } from '../../src/conversation/unit-desk.js';
import { dialogSet } from '../../src/dialogs/index.js';
import { connectModels } from '../../src/models/index.js';
import { JOBS } from '../../src/scheduler/jobs/index.js';
import { runUntil } from '../../src/scheduler/run-until.js';
import { createBlobStore } from '../../src/services/files/blob-store.js';
import { loadReferenceData } from '../../src/services/settings/load-reference-data.js';
import type { Actor, ServiceContext } from '../../src/services/service-context.js';
import { createChangeFeed } from '../../src/shared/change-feed.js';
import { VirtualClock } from '../../src/shared/clock.js';
import { readConfig } from '../../src/shared/config.js';
import { DomainError } from '../../src/shared/errors.js';
import { loadTexts } from '../../src/shared/i18n.js';
import { createIdGenerator, systemRandom } from '../../src/shared/ids.js';
import { silentLogger } from '../../src/shared/logger.js';
import { createTeamsPorts } from '../../src/teams-ports.js';
import { APP_ID, PASSWORD, TENANT_ID } from '../support/teams-server/index.js';

/**
 * A process of the office with Teams, which can be killed. Tells `{url}` of its messaging endpoint. Takes one command per line of its input: `{tick}` seconds pass and the jobs do their work, then `{ticked}`; `{die}` after so
 * many more commands to the database it is gone, as by kill -9; `{escalate}` a ticket is laid before its unit.
 */
const [, , uri = '', startedAt = '', owner = '', origin = '', folder = ''] = process.argv;
const tell = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const clock = new VirtualClock(new Date(startedAt));
const models = await connectModels(uri);
const services: ServiceContext = {
  models,
  newId: createIdGenerator(clock, systemRandom),
  changes: createChangeFeed(owner),
  texts: loadTexts(),
  log: silentLogger,
  blobs: createBlobStore(folder),
  config: readConfig({}),
  publicUrl: 'http://dering.test',
  signingKey: Buffer.alloc(32, 1),
  reference: await loadReferenceData(models),
};
const account = { appId: APP_ID, password: PASSWORD, tenantId: TENANT_ID };
const config = { ...account, serviceUrls: [`${origin}/teams/`] };
const ports = createTeamsPorts(services, config, clock, () => engine);
const endpoints = { ...ports.endpoints, login: `${origin}/login`, openId: `${origin}/openid` };
const teams = createTeams({ ...ports, endpoints });
const webChat: Channel = {
  ...{ name: 'web-chat', account: 'web-chat' },
  capabilities: {
    ...{ maxButtons: 20, maxTextLength: 10_000 },
    ...{ knowsPhone: false, knowsEmail: false, sendsFiles: true },
  },
  start: () => Promise.resolve(),
  send: () => Promise.resolve('sent' as const),
  health: () => ({ state: 'up' as const }),
  stop: () => Promise.resolve(),
};
const channels = new Map<Channel['name'], Channel>([
  ['web-chat', webChat],
  ['teams', teams],
]);
const engine: Engine = createEngine({ services, clock, channels, dialogs: dialogSet, owner });
teams.board.listen(createUnitDesk(engine, teams.board));

const app = Fastify({ forceCloseConnections: true });
await app.register(teams.routes);
const address = await app.listen({ port: 0, host: '127.0.0.1' });
await loadBlocked(engine);
await recoverInbox(engine, clock.now(), 0);
await teams.start({ receive: (message) => receiveMessage(engine, message) });

interface Command {
  tick?: number;
  die?: number;
  escalate?: { number: string; actor: Actor };
}

/** An agent who does not know whether the first press has arrived presses again. */
async function lay({ number, actor }: NonNullable<Command['escalate']>): Promise<void> {
  try {
    await escalateAndSettle(engine, { number, actor, summary: 'Ringkasan.', now: clock.now() });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'already-escalated')) throw error;
  }
}

let left = Infinity;
models.connection.getClient().on('commandSucceeded', () => {
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
});
const mailTransport = { mode: 'folder' as const, send: () => Promise.resolve() };
tell({ url: `${address}${MESSAGES_PATH}` });
for await (const line of createInterface({ input: process.stdin })) {
  const { tick, die, escalate } = JSON.parse(line) as Command;
  if (die !== undefined) left = die;
  if (escalate) await lay(escalate);
  if (tick !== undefined)
    await runUntil(JOBS, { engine, mailTransport }, clock, new Date(clock.now().getTime() + tick * 1_000));
  tell({ ticked: true });
}
await engine.queue.idle();
await teams.stop();
await app.close();
await models.connection.close();
