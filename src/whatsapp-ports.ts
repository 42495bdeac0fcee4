import { systemTimers, type WhatsAppPorts } from './channels/index.js';
import type { Engine } from './conversation/engine.js';
import { noteOwnerMessage } from './conversation/note-owner-message.js';
import { noteReceipts } from './conversation/note-receipts.js';
import { FALLBACK_TOPIC } from './dialogs/index.js';
import { openFile } from './services/files/open-file.js';
import { storeFile } from './services/files/store-file.js';
import type { ServiceContext } from './services/service-context.js';
import type { Clock } from './shared/clock.js';
import type { Config } from './shared/config.js';
import { systemRandom } from './shared/ids.js';
import { createWhatsAppStore } from './whatsapp-store/index.js';

/** Our name for the one number. */
const ACCOUNT = 'main';

/** What WhatsApp may see and do. */
export function createWhatsAppPorts(
  services: ServiceContext,
  clock: Clock,
  settings: NonNullable<Config['whatsapp']>,
  engine: () => Engine,
): WhatsAppPorts {
  const { models, newId, log, config } = services;
  const whatsapp = { channel: 'whatsapp', account: ACCOUNT } as const;
  return {
    ...settings,
    ...{ account: ACCOUNT, owner: newId(), clock, timers: systemTimers, random: systemRandom, newId, log },
    maxFileBytes: config.maxFileBytes,
    store: createWhatsAppStore(models, ACCOUNT, newId),
    storeFile: async ({ stream, name, address, now }) => {
      const found = await models.conversations.findOne({ ...whatsapp, address }, { _id: 1 }).lean();
      return storeFile(services, { content: stream, name, conversationId: found?._id ?? null, now });
    },
    openFile: async (id) => {
      const { file, read } = await openFile(services, id);
      const { name, mimeType, size } = file;
      return { file: { fileId: id, name, mimeType, size }, stream: read() };
    },
    receipt: async (messageId, state, now) => {
      const sent = await models.messages.findById(messageId, { conversationId: 1 }).lean();
      // A receipt can be quicker than the line that says the message was sent; the next one covers it.
      if (!sent) return;
      const { conversationId } = sent;
      await noteReceipts(engine(), { conversationId, upTo: messageId, state, now });
    },
    ownerWrote: ({ phone, ...message }) =>
      noteOwnerMessage(engine(), {
        ...whatsapp,
        ...message,
        topicCode: FALLBACK_TOPIC,
        ...(phone === null ? {} : { known: { phone } }),
      }),
  };
}
