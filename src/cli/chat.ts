import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTerminal, type Terminal } from '../channels/index.js';
import { receiveMessage } from '../conversation/receive-message.js';
import { takeUpWork } from '../conversation/sweep.js';
import { createCore } from '../core.js';
import { explainStart } from '../explain-start.js';
import { startScheduler } from '../scheduler/start-scheduler.js';
import { storeFile } from '../services/files/store-file.js';
import { systemClock } from '../shared/clock.js';
import { readConfig } from '../shared/config.js';
import { systemRandom } from '../shared/ids.js';
import { silentLogger } from '../shared/logger.js';

/** The bot in the terminal: on a scratch folder, or on DATA_DIR when that is set. */
try {
  await chat();
} catch (error) {
  process.stderr.write(`${explainStart(error)}\n`);
  process.exit(1);
}

async function chat(): Promise<void> {
  const scratch = process.env.DATA_DIR ? undefined : await mkdtemp(join(tmpdir(), 'dering-chat-'));
  const config = readConfig({ ...process.env, ...(scratch ? { DATA_DIR: scratch } : {}) });
  let terminal: Terminal | undefined;
  const core = await createCore({
    config,
    clock: systemClock,
    random: systemRandom,
    log: silentLogger,
    publicUrl: () => config.publicUrl ?? `http://localhost:${config.port}`,
    channels: (services) => {
      terminal = createTerminal({
        input: process.stdin,
        output: process.stdout,
        clock: systemClock,
        newId: services.newId,
        texts: services.texts,
        storeFile: ({ stream, name, now }) =>
          storeFile(services, { content: stream, name, conversationId: null, now }),
      });
      return [terminal];
    },
  });
  const { engine } = core;
  await takeUpWork(engine, { alone: core.store === 'embedded' });
  const scheduler = await startScheduler(core);
  await terminal?.start({ receive: (message) => receiveMessage(engine, message) });
  await terminal?.closed;
  await engine.queue.idle();
  await scheduler.stop();
  await terminal?.stop();
  await core.close();
  if (scratch) await rm(scratch, { recursive: true, force: true });
}
