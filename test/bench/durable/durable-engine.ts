import type { Channel } from '../../../src/conversation/channel.js';
import type * as engineModule from '../../../src/conversation/engine.js';
import type { Engine } from '../../../src/conversation/engine.js';
import type * as receiveModule from '../../../src/conversation/receive-message.js';
import type * as modelsModule from '../../../src/models/index.js';
import type { Models } from '../../../src/models/index.js';
import type * as changeFeedModule from '../../../src/shared/change-feed.js';
import type * as clockModule from '../../../src/shared/clock.js';
import type * as configModule from '../../../src/shared/config.js';
import type * as i18nModule from '../../../src/shared/i18n.js';
import type * as idsModule from '../../../src/shared/ids.js';
import type * as loggerModule from '../../../src/shared/logger.js';
import type { ServiceContext } from '../../../src/services/service-context.js';
import { built } from '../harness/built.js';
import { createBenchChannel } from '../intake/bench-channel.js';
import { intakeSet } from '../intake/intake-dialog.js';
import type { Stack } from '../intake/stack.js';

/** The product's modules: compiled ones where time is measured, the sources where commands are counted by a test. */
export interface Modules {
  changeFeed: typeof changeFeedModule;
  clock: typeof clockModule;
  config: typeof configModule;
  engine: typeof engineModule;
  i18n: typeof i18nModule;
  ids: typeof idsModule;
  logger: typeof loggerModule;
  models: typeof modelsModule;
  receive: typeof receiveModule;
}

export async function builtModules(): Promise<Modules> {
  return {
    changeFeed: await built('shared/change-feed.js'),
    clock: await built('shared/clock.js'),
    config: await built('shared/config.js'),
    engine: await built('conversation/engine.js'),
    i18n: await built('shared/i18n.js'),
    ids: await built('shared/ids.js'),
    logger: await built('shared/logger.js'),
    models: await built('models/index.js'),
    receive: await built('conversation/receive-message.js'),
  };
}

/**
 * The product from receiving to delivery on the database at `uri`.
 * @param onSend called when a turn is committed and its first words are handed to the channel
 */
export async function createDurableEngine(
  uri: string,
  modules: Modules,
  onSend?: () => void,
): Promise<Stack & { models: Models; close: () => Promise<void> }> {
  const models = await modules.models.connectModels(uri);
  const bench = createBenchChannel(onSend);
  const engine = buildEngine(modules, models, bench.channel);
  return {
    models,
    idempotent: true,
    async turn(conversation, messageId, text) {
      const address = `c${conversation}`;
      const { conversationId } = await modules.receive.receiveMessage(engine, {
        channel: 'terminal',
        account: 'bench',
        address,
        providerId: messageId,
        sentAt: engine.clock.now(),
        content: { kind: 'text', text },
      });
      // The conversation's tasks run one after the other, so this one ends after the delivery.
      await engine.queue.run(conversationId, () => Promise.resolve());
      return bench.take(address);
    },
    close: () => closeModels(models),
  };
}

export async function closeModels({ connection }: Models): Promise<void> {
  await connection.dropDatabase();
  await connection.close();
}

function buildEngine(
  { changeFeed, clock, config, engine, i18n, ids, logger }: Modules,
  models: Models,
  channel: Channel,
): Engine {
  const services = {
    models,
    newId: ids.createIdGenerator(clock.systemClock, ids.systemRandom),
    changes: changeFeed.createChangeFeed('bench'),
    texts: i18n.loadTexts(),
    log: logger.silentLogger,
    config: config.readConfig({}),
  };
  return engine.createEngine({
    // Files, links and reference data are not used by the intake.
    services: services as unknown as ServiceContext,
    clock: clock.systemClock,
    channels: new Map([[channel.name, channel]]),
    dialogs: intakeSet,
    owner: 'bench',
  });
}
