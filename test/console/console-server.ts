import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { createServer } from '../../src/console/create-server.js';
import type { Channel } from '../../src/conversation/channel.js';
import { createEngine, type Engine } from '../../src/conversation/engine.js';
import { dialogSet } from '../../src/dialogs/index.js';
import type { Conversation } from '../../src/models/conversation.js';
import type { Role } from '../../src/models/staff.js';
import type { Ticket } from '../../src/models/ticket.js';
import { readOverview } from '../../src/services/overview/read-overview.js';
import { hashPassword } from '../../src/services/staff/password.js';
import { startSession } from '../../src/services/staff/session.js';
import { openSample } from '../support/tickets.js';
import { addStaff, createTestServices, type TestServices } from '../support/services.js';

export const PASSWORD = 'kopi tubruk pagi hari';

/** One hash for everybody: making it is slow on purpose. */
const PASSWORD_HASH = hashPassword(PASSWORD);

export interface ConsoleServer extends TestServices {
  app: FastifyInstance;
  engine: Engine;
  /** A ticket of a user who writes on the live chat. */
  openTicket(): Promise<Ticket>;
  /** Adds somebody with a password. */
  addPerson(
    username: string,
    ...roles: Role[]
  ): Promise<{ staffId: string; name: string; roles: readonly string[] }>;
  /** Adds somebody who is signed in, and asks in their name. */
  signedInAs(username: string, ...roles: Role[]): Promise<Asker>;
}

export type Ask = (
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<LightMyRequestResponse>;

export interface Asker {
  ask: Ask;
  staffId: string;
  cookie: string;
}

/** A live chat that takes every message and forgets it. */
export const recorder: Channel = {
  name: 'web-chat',
  account: 'test',
  capabilities: {
    maxButtons: 10,
    maxTextLength: 4_000,
    knowsPhone: false,
    knowsEmail: false,
    sendsFiles: true,
  },
  start: () => Promise.resolve(),
  send: () => Promise.resolve('sent'),
  health: () => ({ state: 'up' }),
  stop: () => Promise.resolve(),
};

function conversationOf(
  address: string,
  now: Date,
): Pick<Conversation, '_id' | 'channel' | 'contactId'> & Partial<Conversation> {
  return {
    ...{ _id: `conversation-of-${address}`, channel: 'web-chat', account: 'test', address, contactId: null },
    ...{ language: 'id', consentAt: now, createdAt: now },
  };
}

/** The whole server on a fresh database, with a live chat that forgets. */
export async function startConsoleServer(
  settings: Record<string, string> = {},
  addRoutes: (app: FastifyInstance) => void = () => undefined,
  {
    channels = [recorder],
    client,
  }: { channels?: readonly Channel[]; /** Folder of the built page. */ client?: string } = {},
): Promise<ConsoleServer> {
  const test = await createTestServices({ settings });
  const { services, clock, folder } = test;
  const clientFolder = join(folder, 'client');
  await mkdir(join(clientFolder, 'assets'), { recursive: true });
  await writeFile(join(clientFolder, 'index.html'), '<!doctype html><title>console</title>');
  await writeFile(join(clientFolder, 'assets', 'main-abc123.js'), 'export {};');
  const engine = createEngine({
    ...{ services, clock, dialogs: dialogSet, owner: 'test' },
    channels: new Map(channels.map((channel) => [channel.name, channel])),
  });
  const app = await createServer({
    engine,
    services,
    clock,
    log: services.log,
    readiness: () =>
      readOverview(services, { channels: engine.channels.values(), version: '0.0.0', now: clock.now() }),
    clientFolder: client ?? clientFolder,
  });
  addRoutes(app);
  await app.ready();

  const addPerson: ConsoleServer['addPerson'] = async (username, ...roles) => {
    const actor = await addStaff(services, username, ...roles);
    await services.models.staff.updateOne(
      { _id: actor.staffId },
      { $set: { passwordHash: await PASSWORD_HASH } },
    );
    return actor;
  };
  let conversations = 0;
  return {
    ...test,
    app,
    engine,
    addPerson,
    openTicket: async () => {
      conversations += 1;
      const conversation = conversationOf(`user-${conversations}`, clock.now());
      await services.models.conversations.create(conversation);
      const ticket = await openSample(services, { conversation, now: clock.now() });
      await services.models.conversations.updateOne(
        { _id: conversation._id },
        { $set: { openTicketId: ticket._id } },
      );
      return ticket;
    },
    signedInAs: async (username, ...roles) => {
      const { staffId } = await addPerson(username, ...roles);
      const secret = await startSession(services, { staffId, userAgent: 'test', now: clock.now() });
      const cookie = `dering_session=${secret}`;
      return { ask: asker(app, { cookie }), staffId, cookie };
    },
    close: async () => {
      await app.close();
      await engine.queue.idle();
      await test.close();
    },
  };
}

/** Asks the API as the page does; `null` in `headers` leaves one out. */
export function asker(app: FastifyInstance, base: Record<string, string> = {}): Ask {
  return (method, path, body, headers = {}) => {
    const request: InjectOptions = {
      method,
      url: path.startsWith('/api') ? path : `/api/v1${path}`,
      headers: { 'x-requested-with': 'dering', ...base, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    };
    return app.inject(request);
  };
}
