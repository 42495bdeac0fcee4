import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import {
  createEmail,
  createTelegram,
  createWebChat,
  createWhatsApp,
  type WebChat,
} from './channels/index.js';
import { createServer } from './console/create-server.js';
import type { Channel } from './conversation/channel.js';
import type { Engine } from './conversation/engine.js';
import { receiveMessage } from './conversation/receive-message.js';
import { takeUpWork } from './conversation/sweep.js';
import { createCore, type Core } from './core.js';
import { createEmailPorts, emailSettings } from './email-ports.js';
import { understand } from './language/index.js';
import { startScheduler } from './scheduler/start-scheduler.js';
import { readOverview } from './services/overview/read-overview.js';
import { ensureFirstAdministrator } from './services/staff/ensure-first-administrator.js';
import type { ServiceContext } from './services/service-context.js';
import { systemClock, type Clock } from './shared/clock.js';
import type { Config } from './shared/config.js';
import { systemRandom } from './shared/ids.js';
import { createLogger } from './shared/logger.js';
import { createTelegramPorts } from './telegram-ports.js';
import { VERSION } from './version.js';
import { createWebChatPorts } from './web-chat-ports.js';
import { createWhatsAppPorts } from './whatsapp-ports.js';

/** Built by `npm run build`, beside the compiled sources. */
const CLIENTS = new URL('../dist/client/', import.meta.url);

const WARM_UP_MILLISECONDS = 2_000;

/** The running product. */
export interface App {
  readonly core: Core;
  /** Where people reach it, without trailing slash. */
  readonly url: string;
  /** One-time link with which the first administrator sets a password; undefined once there is one. */
  readonly setupUrl: string | undefined;
  stop(): Promise<void>;
}

/** Starts everything, in the order in which one part needs another. What was left undone is taken up before doors open. */
export async function startApp(config: Config, clock: Clock = systemClock): Promise<App> {
  const log = createLogger(config.logLevel);
  let url = config.publicUrl ?? `http://localhost:${config.port}`;
  let routes: Routes = [];
  const core = await createCore({
    config,
    clock,
    random: systemRandom,
    log,
    publicUrl: () => url,
    channels: (services) => {
      const created = createChannels(services, clock, config, () => core);
      routes = created.routes;
      return created.channels;
    },
  });
  const { engine, services } = core;
  const stops: (() => Promise<unknown>)[] = [() => core.close()];
  const stop = (): Promise<void> => stopAll(stops);
  try {
    const server = await openServer(core, clock, routes);
    stops.push(
      () => engine.queue.idle(),
      () => server.close(),
    );
    await takeUpWork(engine, { alone: core.store === 'embedded' });
    await startChannels(core, stops);
    const scheduler = await startScheduler(core);
    stops.push(() => scheduler.stop());
    const { port } = await listen(server, config);
    if (config.publicUrl === undefined) url = `http://localhost:${port}`;
    const setupUrl = (await ensureFirstAdministrator(services, { now: clock.now() })) ?? undefined;
    // The first understanding fits the intent model, a quarter of a second: after the start, before most first messages.
    setTimeout(() => understand('halo', { now: clock.now() }), WARM_UP_MILLISECONDS).unref();
    log.info({ port, version: VERSION, state: core.store }, 'started');
    return { core, url, setupUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Routes of channels; undefined for one that has none. */
type Routes = readonly (WebChat['routes'] | undefined)[];

/** The live chat, and the channels that are set. */
function createChannels(
  services: ServiceContext,
  clock: Clock,
  config: Config,
  core: () => Core,
): { channels: Channel[]; routes: Routes } {
  const engine = (): Engine => core().engine;
  const webChat = createWebChat(createWebChatPorts(services, clock, engine));
  const telegram =
    config.telegram && createTelegram(createTelegramPorts(services, config.telegram, clock, engine));
  const letters = emailSettings(config);
  const email = letters && createEmail(createEmailPorts(services, clock, core), letters);
  const whatsapp =
    config.whatsapp && createWhatsApp(createWhatsAppPorts(services, clock, config.whatsapp, engine));
  const channels = [webChat, telegram, email, whatsapp].filter((channel) => channel !== undefined);
  return { channels, routes: [webChat.routes, telegram?.routes] };
}

async function openServer(core: Core, clock: Clock, routes: Routes): Promise<FastifyInstance> {
  const { engine, services } = core;
  const server = await createServer({
    engine,
    services,
    clock,
    log: services.log,
    plugins: routes.filter((plugin) => plugin !== undefined),
    readiness: () =>
      readOverview(services, { channels: engine.channels.values(), version: VERSION, now: clock.now() }),
    clientFolder: new URL('console/', CLIENTS).pathname,
  });
  // Whoever types the bare address is most likely somebody with a question.
  server.get('/', (_request, reply) => reply.redirect('/chat'));
  return server;
}

/** A channel that does not come up never stops the others. */
async function startChannels({ engine, services }: Core, stops: (() => Promise<unknown>)[]): Promise<void> {
  for (const channel of engine.channels.values()) {
    stops.push(() => channel.stop());
    try {
      await channel.start({ receive: (message) => receiveMessage(engine, message) });
    } catch (error) {
      services.log.error({ err: error, channel: channel.name }, 'channel did not start');
    }
  }
}

async function listen(server: FastifyInstance, { port, host }: Config): Promise<AddressInfo> {
  await server.listen({ port, host });
  return server.server.address() as AddressInfo;
}

/** Last started, first stopped; every part gets its chance. */
async function stopAll(stops: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not everything stopped cleanly');
}
