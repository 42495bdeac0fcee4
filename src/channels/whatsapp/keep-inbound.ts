import { proto, unpadRandomMax16, type BinaryNode, type WAMessage } from '@whiskeysockets/baileys';
import type { Sealer } from './seal.js';
import type { WhatsAppPorts } from './types.js';
import { whoWrote, whoWroteKey, type Origin, type Self } from './verify.js';

/** Writes what arrives into the journal, each message once however often and by whichever way it comes. */
export interface InboundKeeper {
  /** @throws when it could not be written; the message then counts as not received */
  keepDecrypted(stanza: BinaryNode, plain: Uint8Array, self: Self): Promise<void>;
  /** The same messages once more, and the few that the library gets without decrypting them itself. */
  keepHandedOver(message: WAMessage, self: Self): Promise<void>;
}

interface KeeperDeps {
  ports: WhatsAppPorts;
  sealer: Sealer;
  /** Something new is in the journal. */
  kept: (address: string, fromMe: boolean) => void;
}

/** Ids remembered so that what was just kept is not looked up again. */
const REMEMBERED = 2_000;

export function createInboundKeeper({ ports, sealer, kept }: KeeperDeps): InboundKeeper {
  const recent = new Set<string>();

  const keep = async (
    origin: Exclude<Origin, { from: 'nobody' }>,
    messageId: string,
    sentAt: Date,
    bytes: Uint8Array,
  ): Promise<void> => {
    const { address } = await ports.store.seeContact(origin.who);
    const fromMe = origin.from === 'owner';
    const payload = sealer.seal(`inbound ${messageId}`, bytes);
    const fresh = await ports.store.journal(
      { address, messageId, fromMe, sentAt, payload },
      ports.clock.now(),
    );
    if (recent.size >= REMEMBERED) recent.clear();
    recent.add(messageId);
    if (fresh) kept(address, fromMe);
  };

  return {
    async keepDecrypted(stanza, plain, self) {
      const origin = whoWrote(stanza, self);
      const { id, t } = stanza.attrs;
      const bytes = unpadded(plain);
      if (origin.from === 'nobody' || !id || !bytes) return;
      await keep(origin, id, fromSeconds(Number(t)), bytes);
    },
    async keepHandedOver({ key, message, messageTimestamp, messageStubType }, self) {
      const origin = whoWroteKey(key, self);
      // Of a message that could not be decrypted only the fact is handed over; the message comes later under the same id.
      if (origin.from === 'nobody' || !key.id || recent.has(key.id) || !message || messageStubType) return;
      const bytes = proto.Message.encode(message).finish();
      await keep(origin, key.id, fromSeconds(Number(messageTimestamp)), bytes);
    },
  };
}

/** What somebody has padded wrongly the library refuses; it must not look like a journal that cannot be written. */
function unpadded(plain: Uint8Array): Uint8Array | undefined {
  try {
    return unpadRandomMax16(plain);
  } catch {
    return undefined;
  }
}

function fromSeconds(seconds: number): Date {
  return new Date((Number.isFinite(seconds) ? seconds : 0) * 1000);
}
