import { beforeAll, describe, expect, it } from 'vitest';
import * as engine from '../../src/conversation/engine.js';
import * as receive from '../../src/conversation/receive-message.js';
import * as models from '../../src/models/index.js';
import * as changeFeed from '../../src/shared/change-feed.js';
import * as clock from '../../src/shared/clock.js';
import * as config from '../../src/shared/config.js';
import * as i18n from '../../src/shared/i18n.js';
import * as ids from '../../src/shared/ids.js';
import * as logger from '../../src/shared/logger.js';
import { uniqueDatabaseUri } from '../support/database.js';
import { countCommands, type TurnCommands } from './durable/count-commands.js';
import { INPUTS } from './intake/steps.js';

describe('database commands per turn', () => {
  const modules = { changeFeed, clock, config, engine, i18n, ids, logger, models, receive };
  let counted: TurnCommands[];

  beforeAll(async () => {
    counted = await countCommands(uniqueDatabaseUri(), modules, INPUTS);
  });

  it('takes three from receiving a message to its committed turn', () => {
    expect(counted).toHaveLength(INPUTS.length);
    for (const { turn } of counted.slice(1))
      expect(turn).toEqual(['insert', 'findAndModify', 'findAndModify']);
  });

  it('takes one more for the first message from an address, which opens its conversation', () => {
    expect(counted[0]?.turn).toEqual(['findAndModify', 'insert', 'findAndModify', 'findAndModify']);
  });

  it('takes two to send the outbox and write down what became of it', () => {
    for (const { delivery } of counted) expect(delivery).toEqual(['update', 'update']);
  });
});
