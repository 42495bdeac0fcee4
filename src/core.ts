import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Channel } from './conversation/channel.js';
import { createEngine, type Engine } from './conversation/engine.js';
import { dialogSet } from './dialogs/index.js';
import type { EmbeddedServer } from './embedded-mongo/index.js';
import { connectModels, type Models } from './models/index.js';
import { createBlobStore } from './services/files/blob-store.js';
import { createMailTransport } from './services/mail/create-mail-transport.js';
import type { MailTransport } from './services/mail/mail-transport.js';
import { createGraphMeetings } from './services/meetings/graph-meetings.js';
import type { MeetingMaker } from './services/meetings/meeting-maker.js';
import type { ServiceContext } from './services/service-context.js';
import { loadReferenceData } from './services/settings/load-reference-data.js';
import { seedDefaults } from './services/settings/seed-defaults.js';
import { readSigningKey } from './services/settings/signing-key.js';
import { createChangeFeed } from './shared/change-feed.js';
import type { Clock } from './shared/clock.js';
import type { Config } from './shared/config.js';
import { loadTexts } from './shared/i18n.js';
import { createIdGenerator, type Random } from './shared/ids.js';
import type { Logger } from './shared/logger.js';

export interface CoreOptions {
  config: Config;
  clock: Clock;
  random: Random;
  log: Logger;
  /** Known only once the web server listens, when PORT is 0. */
  publicUrl: () => string;
  channels: (context: ServiceContext) => readonly Channel[];
}

/** Everything but the doors: store, services, engine. */
export interface Core {
  readonly engine: Engine;
  readonly services: ServiceContext;
  readonly mailTransport: MailTransport;
  /** Undefined where staff enter the links of conferences. */
  readonly meetings: MeetingMaker | undefined;
  readonly store: 'embedded' | 'mongodb';
  /** Rejects when the embedded store dies; never resolves. */
  readonly storeFailed: Promise<never>;
  close(): Promise<void>;
}

/** Builds the core on the store that the settings name. */
export async function createCore({
  config,
  clock,
  random,
  log,
  publicUrl,
  channels,
}: CoreOptions): Promise<Core> {
  const dataDir = resolve(config.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const embedded = config.mongodbUri === undefined ? await startEmbedded(join(dataDir, 'store')) : undefined;
  const models = await connectOrClose(config.mongodbUri ?? embedded?.uri ?? '', embedded);
  await seedDefaults(models, clock.now());
  const services: ServiceContext = {
    models,
    newId: createIdGenerator(clock, random),
    changes: createChangeFeed(randomBytes(6).toString('hex')),
    texts: loadTexts(),
    log,
    blobs: createBlobStore(join(dataDir, 'files')),
    config,
    get publicUrl() {
      return publicUrl();
    },
    signingKey: await readSigningKey(models, clock.now()),
    reference: await loadReferenceData(models),
  };
  const running = new Map(channels(services).map((channel) => [channel.name, channel]));
  const owner = services.newId();
  return {
    engine: createEngine({ services, clock, channels: running, dialogs: dialogSet, owner }),
    services,
    mailTransport: createMailTransport({ ...config, dataDir }),
    meetings: config.meetings && createGraphMeetings(config.meetings),
    store: embedded ? 'embedded' : 'mongodb',
    storeFailed: embedded?.failed ?? new Promise<never>(() => undefined),
    close: async () => {
      await models.connection.close();
      await embedded?.close();
    },
  };
}

/** Loaded only where it is used: a real MongoDB needs none of it. */
async function startEmbedded(folder: string): Promise<EmbeddedServer> {
  const { startEmbeddedServer } = await import('./embedded-mongo/index.js');
  return startEmbeddedServer({ folder });
}

async function connectOrClose(uri: string, embedded: EmbeddedServer | undefined): Promise<Models> {
  try {
    return await connectModels(uri);
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}
