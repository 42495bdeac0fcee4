import { createInterface } from 'node:readline';
import { connectModels } from '../../../src/models/index.js';
import { bookSession } from '../../../src/services/appointments/book-session.js';
import { confirmSession } from '../../../src/services/appointments/confirm-session.js';
import { findFreeSessions } from '../../../src/services/appointments/find-free-sessions.js';
import { holdSession } from '../../../src/services/appointments/hold-session.js';
import { createBlobStore } from '../../../src/services/files/blob-store.js';
import type { ServiceContext } from '../../../src/services/service-context.js';
import { loadReferenceData } from '../../../src/services/settings/load-reference-data.js';
import { createChangeFeed } from '../../../src/shared/change-feed.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { readConfig } from '../../../src/shared/config.js';
import { DomainError } from '../../../src/shared/errors.js';
import { loadTexts } from '../../../src/shared/i18n.js';
import { createIdGenerator, systemRandom } from '../../../src/shared/ids.js';
import { silentLogger } from '../../../src/shared/logger.js';
import { USER } from '../../support/appointments.js';

/** Something that somebody wants in the same moment as all others; take: hold and confirm. */
export interface Wish {
  act: 'take' | 'confirm' | 'book';
  id: string;
  startsAt: string;
}

export interface Got {
  id: string;
  /** 'done', or the code of the refusal. */
  code: string;
  params: Readonly<Record<string, string | number>>;
  /** Of a taken session: the next free ones. */
  next: string[];
}

/** Another process of the product: fulfils a line of wishes all at once and tells who got what. */
const [, , uri = '', at = ''] = process.argv;
const now = new Date(at);
const models = await connectModels(uri);
const services: ServiceContext = {
  models,
  newId: createIdGenerator(new VirtualClock(now), systemRandom),
  changes: createChangeFeed('race'),
  texts: loadTexts(),
  log: silentLogger,
  blobs: createBlobStore('/nowhere'),
  config: readConfig({}),
  publicUrl: 'http://dering.test',
  signingKey: Buffer.alloc(32),
  reference: await loadReferenceData(models),
};
const agent = { staffId: 'staff-rani', name: 'Rani Contoh', roles: ['agent'] };

const tell = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
tell('ready');
for await (const line of createInterface({ input: process.stdin })) {
  tell(await Promise.all((JSON.parse(line) as Wish[]).map(fulfil)));
}
await models.connection.close();

async function fulfil(wish: Wish): Promise<Got> {
  const { id } = wish;
  try {
    await attempt(wish);
    return { id, code: 'done', params: {}, next: [] };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { id, code: error.code, params: error.params, next: await nextFree(id) };
  }
}

async function attempt({ act, id, startsAt: start }: Wish): Promise<void> {
  const startsAt = new Date(start);
  if (act === 'book') await bookSession(services, { id, startsAt, actor: agent, now });
  if (act === 'take') await holdSession(services, { id, startsAt, now });
  if (act !== 'book') await confirmSession(services, { id, by: USER, key: `confirm-${id}`, now });
}

async function nextFree(id: string): Promise<string[]> {
  const appointment = await models.appointments.findById(id).lean();
  if (!appointment) return [];
  const { sessions } = await findFreeSessions(services, { appointment, limit: 2, now });
  return sessions.map(({ startsAt }) => startsAt.toISOString());
}
