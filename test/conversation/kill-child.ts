import { createInterface } from 'node:readline';
import type { InboundMessage } from '../../src/conversation/channel.js';
import { createEngine } from '../../src/conversation/engine.js';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { loadBlocked, recoverInbox } from '../../src/conversation/sweep.js';
import { connectModels } from '../../src/models/index.js';
import { createBlobStore } from '../../src/services/files/blob-store.js';
import { loadReferenceData } from '../../src/services/settings/load-reference-data.js';
import { createChangeFeed } from '../../src/shared/change-feed.js';
import { VirtualClock } from '../../src/shared/clock.js';
import { readConfig } from '../../src/shared/config.js';
import { loadTexts } from '../../src/shared/i18n.js';
import { createIdGenerator, systemRandom } from '../../src/shared/ids.js';
import { silentLogger } from '../../src/shared/logger.js';
import { recordingDialogs } from './recording-dialog.js';

/**
 * A process that can be killed at any moment. Takes up what was left undone, then one message per line of its input;
 * tells `{ack}` once a message is stored, `{sent}` for what reached the platform, `{idle}` when nothing is left to do.
 */
const [, , uri = '', startedAt = '', owner = ''] = process.argv;
const tell = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const clock = new VirtualClock(new Date(startedAt));
const models = await connectModels(uri);
const engine = createEngine({
  services: {
    models,
    newId: createIdGenerator(clock, systemRandom),
    changes: createChangeFeed(owner),
    texts: loadTexts(),
    log: silentLogger,
    blobs: createBlobStore('/nowhere'),
    config: readConfig({}),
    publicUrl: 'http://dering.test',
    signingKey: Buffer.alloc(32),
    reference: await loadReferenceData(models),
  },
  ...{ clock, owner, dialogs: recordingDialogs() },
  channels: new Map([
    [
      'web-chat',
      {
        ...{ name: 'web-chat', account: 'web-chat' },
        capabilities: {
          ...{ maxButtons: 0, maxTextLength: 1000 },
          ...{ knowsPhone: false, knowsEmail: false, sendsFiles: false },
        },
        start: () => Promise.resolve(),
        send: ({ id }) => {
          tell({ sent: id });
          return Promise.resolve('sent' as const);
        },
        health: () => ({ state: 'up' as const }),
        stop: () => Promise.resolve(),
      },
    ],
  ]),
});
await loadBlocked(engine);
await recoverInbox(engine, clock.now(), 0);
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as InboundMessage & { sentAt: string };
  await receiveMessage(engine, { ...message, sentAt: new Date(message.sentAt) });
  clock.advance(1);
  tell({ ack: message.providerId });
}
await engine.queue.idle();
await models.connection.close();
tell({ idle: true });
