import { inject } from 'vitest';
import { createEngine, type Engine } from '../../src/conversation/engine.js';
import { dialogSet } from '../../src/dialogs/index.js';
import { connectModels } from '../../src/models/index.js';
import { createIdGenerator, seededRandom } from '../../src/shared/ids.js';
import { RecorderChannel, type Office } from '../support/conversation.js';

/** A process that is gone after so many steps: from then on neither the database nor the platform hears of it. */
export interface MortalProcess {
  readonly engine: Engine;
  readonly channel: RecorderChannel;
  readonly dead: boolean;
  /** Database commands and sends done. */
  readonly steps: number;
  bury(): Promise<void>;
}

export async function startMortalProcess(office: Office, lifetime: number): Promise<MortalProcess> {
  const models = await connectModels(databaseOf(office));
  models.connection.set('bufferCommands', false);
  const client = models.connection.getClient();
  const channel = new RecorderChannel('web-chat');
  let steps = 0;
  let dead = false;
  const step = (): void => {
    steps += 1;
    if (steps < lifetime) return;
    dead = true;
    void client.close(true);
  };
  client.on('commandSucceeded', () => {
    if (!dead) step();
  });
  channel.before = () => {
    if (dead) throw new Error('the process is gone');
  };
  const { clock, services } = office;
  const send = channel.send.bind(channel);
  channel.send = async (message) => {
    const state = await send(message);
    step();
    return state;
  };
  const engine = createEngine({
    services: { ...services, models, newId: createIdGenerator(clock, seededRandom(lifetime + 1)) },
    ...{ clock, dialogs: dialogSet, owner: `mortal-${lifetime}` },
    channels: new Map([[channel.name, channel]]),
  });
  return {
    ...{ engine, channel },
    get dead() {
      return dead;
    },
    get steps() {
      return steps;
    },
    bury: async () => {
      dead = true;
      await models.connection.close(true);
    },
  };
}

/** The database of an office, for another process; the driver tells of its commands only when asked to. */
export function databaseOf({ services }: Office): string {
  const [, server = '', query = ''] = /^([^?]*\/\/[^/?]+)[^?]*(\?.*)?$/.exec(inject('mongoUri')) ?? [];
  const watched = query === '' ? '?monitorCommands=true' : `${query}&monitorCommands=true`;
  return `${server}/${services.models.connection.name}${watched}`;
}
