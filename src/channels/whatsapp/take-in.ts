import type { Inbox, InboundContent } from '../../conversation/channel.js';
import { createConversationQueue } from '../../conversation/conversation-queue.js';
import { fetchMedia } from './media.js';
import { parse, type Parsed } from './parse.js';
import type { Sealer } from './seal.js';
import type { Contact, JournalRow, WhatsAppPorts } from './types.js';

/** Brings what is in the journal to the inbox: per person in order, people side by side, and again until it is there. */
export interface TakeIn {
  /** Something of this person is in the journal. */
  wake(address: string): void;
  /** What an earlier process left. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

interface TakeInDeps {
  ports: WhatsAppPorts;
  sealer: Sealer;
  inbox: Inbox;
  /** The inbox has it. */
  taken: (row: JournalRow, contact: Contact) => void;
  /** Whether the inbox takes messages. */
  healthy: (healthy: boolean) => void;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/** A file that cannot be fetched is asked for so often before it counts as unreadable. */
const FETCHES = 4;

export function createTakeIn(deps: TakeInDeps): TakeIn {
  const { store, timers, log } = deps.ports;
  const queue = createConversationQueue();
  const failures = new Map<string, number>();
  const waits = new Map<string, () => void>();
  let stopped = false;

  const retry = (address: string): void => {
    const failed = (failures.get(address) ?? 0) + 1;
    failures.set(address, failed);
    const again = timers.after(Math.min(FIRST_WAIT * 2 ** (failed - 1), LONGEST_WAIT), () => {
      waits.delete(address);
      wake(address);
    });
    waits.set(address, again);
  };

  const drain = async (address: string): Promise<void> => {
    try {
      for (;;) {
        const row = stopped || waits.has(address) ? undefined : await store.nextPending(address);
        if (!row) return;
        await takeInRow(row, failures.get(address) ?? 0, deps);
        failures.delete(address);
        deps.healthy(true);
      }
    } catch (error) {
      log.error({ err: error, channel: 'whatsapp' }, 'a message could not be taken in yet');
      if (!(error instanceof FetchLaterError)) deps.healthy(false);
      if (!stopped) retry(address);
    }
  };

  const wake = (address: string): void => {
    if (!stopped) void queue.run(address, () => drain(address));
  };

  return {
    wake,
    async resume() {
      for (const address of await store.pendingAddresses()) wake(address);
    },
    async stop() {
      stopped = true;
      for (const callOff of waits.values()) callOff();
      waits.clear();
      await queue.idle();
    },
  };
}

/** The file of a message cannot be had now. */
class FetchLaterError extends Error {
  override readonly name = 'FetchLaterError';
}

async function takeInRow(row: JournalRow, failed: number, deps: TakeInDeps): Promise<void> {
  const { ports, sealer, inbox } = deps;
  const contact = await ports.store.findContact(row.address);
  const parsed = parse(sealer.unseal(`inbound ${row.messageId}`, row.payload), row.sentAt);
  if (contact && parsed.kind !== 'nothing') {
    const providerId = `${contact.address}:${row.messageId}`;
    if (row.fromMe) await passToOwner(row, contact, parsed, providerId, ports);
    else {
      await inbox.receive({
        ...{ channel: 'whatsapp', account: ports.account, address: contact.address, providerId },
        ...{ sentAt: row.sentAt, content: await contentOf(parsed, contact.address, failed, ports) },
        ...(contact.pn === null ? {} : { known: { phone: `+${contact.pn}` } }),
      });
      deps.taken(row, contact);
    }
  }
  await ports.store.settle(row.id);
}

/** A copy of what the office's own phone sent; what we sent ourselves is not news. */
async function passToOwner(
  { messageId, sentAt }: JournalRow,
  { address, pn }: Contact,
  parsed: Parsed,
  providerId: string,
  ports: WhatsAppPorts,
): Promise<void> {
  if (await ports.store.findOutbound(messageId)) return;
  const text = parsed.kind === 'text' ? parsed.text : parsed.kind === 'media' ? parsed.name : '';
  await ports.ownerWrote({ address, providerId, text, sentAt, phone: pn === null ? null : `+${pn}` });
}

async function contentOf(
  parsed: Exclude<Parsed, { kind: 'nothing' }>,
  address: string,
  failed: number,
  ports: WhatsAppPorts,
): Promise<InboundContent> {
  if (parsed.kind !== 'media') return parsed;
  try {
    return await fetchMedia(parsed, address, ports);
  } catch (error) {
    if (failed + 1 < FETCHES) throw new FetchLaterError('not fetched', { cause: error });
    return { kind: 'refused-file', name: parsed.name, reason: 'unreadable' };
  }
}
