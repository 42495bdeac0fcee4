import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectModels } from '../../src/models/index.js';
import type { Role } from '../../src/models/staff.js';
import { createBlobStore } from '../../src/services/files/blob-store.js';
import type { Actor, ServiceContext } from '../../src/services/service-context.js';
import { loadReferenceData } from '../../src/services/settings/load-reference-data.js';
import { seedDefaults } from '../../src/services/settings/seed-defaults.js';
import { createChangeFeed } from '../../src/shared/change-feed.js';
import { VirtualClock } from '../../src/shared/clock.js';
import { readConfig } from '../../src/shared/config.js';
import { loadTexts } from '../../src/shared/i18n.js';
import { createIdGenerator, seededRandom } from '../../src/shared/ids.js';
import { silentLogger } from '../../src/shared/logger.js';
import { uniqueDatabaseUri } from './database.js';

/** Monday 2 March 2026, 10.00 WIB: an ordinary working day. */
export const MONDAY_MORNING = new Date('2026-03-02T10:00:00+07:00');

export interface TestServices {
  services: ServiceContext;
  clock: VirtualClock;
  /** Scratch folder: DATA_DIR of the settings. */
  folder: string;
  /** Drops the database and the folder. */
  close(): Promise<void>;
}

interface TestServicesOptions {
  now?: Date;
  seed?: number;
  /** Settings by the names of their variables. */
  settings?: Record<string, string>;
}

/** Services on a fresh database with the shipped topics, units, days off and hours, a virtual clock and seeded chance. */
export async function createTestServices(options: TestServicesOptions = {}): Promise<TestServices> {
  const { now = MONDAY_MORNING, seed = 1, settings = {} } = options;
  const clock = new VirtualClock(now);
  const folder = await mkdtemp(join(tmpdir(), 'dering-test-'));
  const models = await connectModels(uniqueDatabaseUri());
  await seedDefaults(models, now);
  const services: ServiceContext = {
    models,
    newId: createIdGenerator(clock, seededRandom(seed)),
    changes: createChangeFeed('test'),
    texts: loadTexts(),
    log: silentLogger,
    blobs: createBlobStore(join(folder, 'files')),
    config: readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent', ...settings }),
    publicUrl: 'http://dering.test',
    signingKey: Buffer.alloc(32, seed),
    reference: await loadReferenceData(models),
  };
  return {
    services,
    clock,
    folder,
    close: async () => {
      await models.connection.dropDatabase();
      await models.connection.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An invented member of staff who may act. */
export async function addStaff(
  { models }: ServiceContext,
  username: string,
  ...roles: Role[]
): Promise<Actor> {
  const staff = {
    ...{ _id: `staff-${username}`, username, name: `${username} Contoh`, position: 'Petugas Contoh' },
    ...{ email: `${username}@contoh.go.id`, roles, unitCode: 'sekretariat', language: 'id' as const },
    ...{ passwordHash: null, active: true, setupTokenHash: null, setupTokenUntil: null },
    createdAt: MONDAY_MORNING,
  };
  await models.staff.create(staff);
  return { staffId: staff._id, name: staff.name, roles };
}
