import { createEngine } from '../../src/conversation/engine.js';
import { changeAndSettle } from '../../src/conversation/settle-appointments.js';
import { dialogSet } from '../../src/dialogs/index.js';
import { connectModels } from '../../src/models/index.js';
import { bookSession } from '../../src/services/appointments/book-session.js';
import { createBlobStore } from '../../src/services/files/blob-store.js';
import { loadReferenceData } from '../../src/services/settings/load-reference-data.js';
import type { Actor } from '../../src/services/service-context.js';
import { createChangeFeed } from '../../src/shared/change-feed.js';
import { VirtualClock } from '../../src/shared/clock.js';
import { readConfig } from '../../src/shared/config.js';
import { loadTexts } from '../../src/shared/i18n.js';
import { createIdGenerator, systemRandom } from '../../src/shared/ids.js';
import { silentLogger } from '../../src/shared/logger.js';
import { RecorderChannel } from '../support/conversation.js';

/** What the process is to do, as JSON in its only argument. */
export interface Errand {
  uri: string;
  /** Where files are kept. */
  folder: string;
  now: string;
  id: string;
  startsAt: string;
  actor: Actor;
  /** After so many answers of the database it is gone, as by kill -9. */
  lifetime: number;
}

/** A process of the office in which an agent agrees on a time, until it is killed. */
const { uri, folder, now, id, startsAt, actor, lifetime } = JSON.parse(process.argv[2] ?? '') as Errand;
const clock = new VirtualClock(new Date(now));
const models = await connectModels(uri);
const channel = new RecorderChannel('web-chat');
const engine = createEngine({
  services: {
    models,
    newId: createIdGenerator(clock, systemRandom),
    changes: createChangeFeed('child'),
    texts: loadTexts(),
    log: silentLogger,
    blobs: createBlobStore(folder),
    config: readConfig({}),
    publicUrl: 'http://dering.test',
    signingKey: Buffer.alloc(32, 1),
    reference: await loadReferenceData(models),
  },
  ...{ clock, owner: `child-${id}`, dialogs: dialogSet, channels: new Map([[channel.name, channel]]) },
});
let left = lifetime;
models.connection.getClient().on('commandSucceeded', () => {
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
});
const input = { id, startsAt: new Date(startsAt), actor, now: clock.now() };
await changeAndSettle(engine, () => bookSession(engine.services, input));
await engine.queue.idle();
await models.connection.close();
