import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DialogSet } from '../../../src/conversation/dialog.js';
import type * as turnModule from '../../../src/conversation/turn.js';
import type { TurnState } from '../../../src/conversation/turn.js';
import type * as configModule from '../../../src/shared/config.js';
import type * as clockModule from '../../../src/shared/clock.js';
import type * as i18nModule from '../../../src/shared/i18n.js';
import type * as idsModule from '../../../src/shared/ids.js';
import type { Message } from '../../../src/models/message.js';
import type { Topic } from '../../../src/models/topic.js';
import type { ServiceContext } from '../../../src/services/service-context.js';
import { built, PROJECT } from '../harness/built.js';
import { createBenchChannel } from './bench-channel.js';
import type { Stack } from './stack.js';

type Stored = Omit<TurnState, 'consentAt' | 'wakeAt'> & { consentAt: string | null; wakeAt: string | null };

const FRESH: TurnState = {
  stack: [],
  stackVersion: 1,
  offered: null,
  misses: 0,
  profile: {},
  contactId: null,
  language: 'id',
  consentAt: null,
  openTicketId: null,
  wakeAt: null,
};

/**
 * The product's turn with a store in memory: handled ids, state as JSON text, a log of both sides. Everything but the
 * reads and writes is the product's own.
 */
export async function createDering(dialogs: DialogSet): Promise<Stack> {
  const { decideTurn } = await built<typeof turnModule>('conversation/turn.js');
  const { systemClock } = await built<typeof clockModule>('shared/clock.js');
  const services = await memoryServices();
  const { capabilities } = createBenchChannel().channel;
  const states = new Map<number, string>();
  const handled = new Set<string>();
  let log: object[] = [];
  const forgetHistory = (): void => {
    handled.clear();
    log = [];
  };
  return {
    idempotent: true,
    async turn(conversation, messageId, text) {
      if (handled.has(messageId)) return undefined;
      const [now, stored] = [systemClock.now(), states.get(conversation)];
      const id = `c${conversation}`;
      const message = inbound(services.newId(), id, messageId, text, now);
      const { state, outgoing } = await decideTurn(
        dialogs,
        services,
        {
          _id: id,
          channel: 'terminal',
          account: 'bench',
          address: id,
          lastInboundAt: null,
          ...(stored === undefined ? FRESH : revive(JSON.parse(stored) as Stored)),
        },
        message,
        capabilities,
        now,
      );
      states.set(conversation, JSON.stringify(state));
      handled.add(messageId);
      log.push(message, ...outgoing);
      return outgoing.map(({ content }) => (content.kind === 'text' ? content.text : '')).join('\n');
    },
    forgetHistory,
    startOver() {
      forgetHistory();
      states.clear();
    },
  };
}

function inbound(_id: string, conversationId: string, providerId: string, text: string, now: Date): Message {
  return {
    _id,
    conversationId,
    direction: 'in',
    author: { kind: 'user' },
    content: { kind: 'text', text },
    channel: 'terminal',
    account: 'bench',
    providerId,
    sentAt: now,
    receivedAt: now,
    pending: false,
    processedAt: now,
    delivery: null,
  };
}

function revive(stored: Stored): TurnState {
  const { consentAt, wakeAt } = stored;
  return {
    ...stored,
    consentAt: consentAt === null ? null : new Date(consentAt),
    wakeAt: wakeAt === null ? null : new Date(wakeAt),
  };
}

/** The services that a conversation uses before its ticket is opened. */
async function memoryServices(): Promise<ServiceContext> {
  const { loadTexts } = await built<typeof i18nModule>('shared/i18n.js');
  const { createIdGenerator, systemRandom } = await built<typeof idsModule>('shared/ids.js');
  const { systemClock } = await built<typeof clockModule>('shared/clock.js');
  const { readConfig } = await built<typeof configModule>('shared/config.js');
  const services = {
    newId: createIdGenerator(systemClock, systemRandom),
    texts: loadTexts(),
    config: readConfig({}),
    reference: { topics: await readTopics() },
    models: { serviceEvents: { create: () => Promise.resolve() } },
  };
  // The rest of the context needs a database, which is what these arms leave out.
  return services as unknown as ServiceContext;
}

async function readTopics(): Promise<Topic[]> {
  const shipped = JSON.parse(await readFile(join(PROJECT, 'locales/data/topics.json'), 'utf8')) as (Pick<
    Topic,
    'name' | 'keywords' | 'unitCode'
  > & { code: string })[];
  return shipped.map(({ code, ...topic }, index) => ({ ...topic, _id: code, position: index, active: true }));
}
