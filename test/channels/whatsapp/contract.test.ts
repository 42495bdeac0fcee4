import { DomainError, type ErrorCode } from '../../../src/shared/errors.js';
import {
  describeChannelContract,
  type ChannelHarness,
  type FakeInbox,
  type UserAction,
} from '../../contracts/channel-contract.js';
import { KEY, NUMBER, startNumber, type Number } from './number.js';

describeChannelContract('whatsapp', createHarness);

async function createHarness(): Promise<ChannelHarness> {
  // The journal is where a message is stored before WhatsApp hears of it, so it is the journal that counts and fails.
  let attempts = 0;
  const number: Number = await startNumber({
    ports: ({ store, ...ports }) => ({
      store: {
        ...store,
        journal: (entry, now) => {
          attempts += 1;
          return number.inbox.failing
            ? Promise.reject(new Error('the database is away'))
            : store.journal(entry, now);
        },
      },
      storeFile: (upload) => {
        const refusal = REFUSALS[upload.name];
        if (!refusal) return ports.storeFile(upload);
        upload.stream.destroy();
        return Promise.reject(new DomainError(refusal));
      },
    }),
  });
  await number.up();
  const { server, user, inbox, channel } = number;
  let last: { id: string; action: UserAction; at: Date } | undefined;

  const acknowledged = (id: string): boolean => user.receipts.some((receipt) => receipt.id === id);
  const outcome = async (id: string, before: number): Promise<'acknowledged' | 'not-acknowledged'> => {
    await server.changes.until(() => attempts > before && (acknowledged(id) || !number.device().connection));
    if (!acknowledged(id)) return 'not-acknowledged';
    await server.changes.until(() => inbox.received.some(({ providerId }) => providerId.endsWith(id)));
    return 'acknowledged';
  };
  const act = async (
    action: UserAction,
    at: Date,
    id?: string,
  ): Promise<'acknowledged' | 'not-acknowledged'> => {
    const before = attempts;
    const sent = await user.send(NUMBER, await messageOf(number, action), { at, ...(id ? { id } : {}) });
    last = { id: sent, action, at };
    return outcome(sent, before);
  };

  return {
    channel,
    inbox: new Proxy<FakeInbox>(inbox, {
      get: (target, key) => (key === 'attempts' ? attempts : (Reflect.get(target, key) as unknown)),
    }),
    deliverInbound: (action, at) => {
      if (action.kind === 'choice') return Promise.resolve('impossible');
      return act(action, at);
    },
    async redeliver() {
      const { id, action, at } = last!;
      if (acknowledged(id)) {
        user.receipts.length = 0;
        return act(action, at, id);
      }
      const before = attempts;
      number.time.advance(60_000);
      return outcome(id, before);
    },
    address: () => inbox.received[0]?.address ?? '',
    sendOutbound: (message) => channel.send(message),
    sentMessages: async () => {
      const seen = new Set(number.server.sentByClient('message').map(({ attrs }) => attrs.id));
      await server.changes.until(() => user.texts.length === seen.size);
      return user.texts.map((text) => ({ text, buttons: [] }));
    },
    breakTransport: async () => {
      server.faults.refuse = true;
      server.drop(number.device());
      await server.changes.until(() => !number.device().connection);
    },
    secrets: () => [user.lid, KEY.toString('base64')],
    close: () => number.close(),
  };
}

const REFUSALS: Readonly<Record<string, ErrorCode>> = {
  'kosong.pdf': 'file-empty',
  'program.pdf': 'file-name-mismatch',
  'program.exe': 'file-type-refused',
};

async function messageOf(number: Number, action: UserAction) {
  switch (action.kind) {
    case 'text':
      return { conversation: action.text };
    case 'unsupported':
      return { locationMessage: { degreesLatitude: -6.2, degreesLongitude: 106.8 } };
    case 'choice':
      throw new Error('there are no buttons');
    default: {
      const reference = await number.server.media.put(action.bytes, 'document');
      return { documentMessage: { ...reference, fileName: action.name, mimetype: 'application/pdf' } };
    }
  }
}
