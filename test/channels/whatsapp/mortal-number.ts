import { connectModels } from '../../../src/models/index.js';
import { createWhatsApp } from '../../../src/channels/whatsapp/index.js';
import { VirtualClock } from '../../../src/shared/clock.js';
import { createIdGenerator, systemRandom } from '../../../src/shared/ids.js';
import { silentLogger } from '../../../src/shared/logger.js';
import { createWhatsAppStore } from '../../../src/whatsapp-store/index.js';

/**
 * A process with the number that can be killed at any moment. Its inbox takes nothing: what it has received lies in the
 * journal when it dies.
 */
const [, , uri = '', url = '', key = '', startedAt = ''] = process.argv;

const clock = new VirtualClock(new Date(startedAt));
const newId = createIdGenerator(clock, systemRandom);
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const channel = createWhatsApp({
  ...{ account: 'main', owner: 'mortal', clock, random: systemRandom, newId, log: silentLogger },
  ...{ key: Buffer.from(key, 'hex'), version: undefined, showOnline: false, maxFileBytes: 1_000_000 },
  timers: { after: () => () => undefined },
  store: createWhatsAppStore(await connectModels(uri), 'main', newId),
  ...{ storeFile: never, openFile: never, receipt: never, ownerWrote: never },
  server: { url },
});
await channel.start({ receive: never });
