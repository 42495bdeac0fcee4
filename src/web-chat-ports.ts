import type { ChatLine, WebChatPorts } from './channels/index.js';
import type { Engine } from './conversation/engine.js';
import { readMessages } from './conversation/history.js';
import { noteReceipts } from './conversation/note-receipts.js';
import type { Message } from './models/message.js';
import { openFile } from './services/files/open-file.js';
import { storeFile } from './services/files/store-file.js';
import type { ServiceContext } from './services/service-context.js';
import type { Clock } from './shared/clock.js';

/** What the live chat may see and do, in terms of a visitor's address. */
export function createWebChatPorts(
  services: ServiceContext,
  clock: Clock,
  engine: () => Engine,
): WebChatPorts {
  const { models, config, texts, changes, log } = services;
  const conversationOf = async (address: string): Promise<string | undefined> => {
    const found = await models.conversations
      .findOne({ channel: 'web-chat', account: 'web', address }, { _id: 1 })
      .lean();
    return found?._id;
  };
  return {
    clock,
    changes,
    texts,
    log,
    secureCookies: config.publicUrl?.startsWith('https:') ?? false,
    publicUrl: config.publicUrl,
    maxFileBytes: config.maxFileBytes,
    contact: config.contact,
    conversationOf,
    storeFile: async ({ stream, name, conversationKey, now }) =>
      storeFile(services, {
        content: stream,
        name,
        conversationId: (await conversationOf(conversationKey.address)) ?? null,
        now,
      }),
    openFile: async (address, fileId) => {
      const conversationId = await conversationOf(address);
      const shown =
        conversationId &&
        (await models.messages
          .findOne({ conversationId, 'content.fileId': fileId, direction: { $in: ['in', 'out'] } })
          .lean());
      if (!shown) return undefined;
      const { file, read } = await openFile(services, fileId);
      const { name, mimeType, size } = file;
      return { file: { fileId, name, mimeType, size }, stream: read() };
    },
    history: async (address, { limit, ...page }) => {
      const conversationId = await conversationOf(address);
      if (!conversationId) return { items: [], next: null };
      const { items, next } = await readMessages(engine(), {
        ...{ conversationIds: [conversationId], limit },
        ...page,
      });
      const read = await models.conversations.findById(conversationId, { readByStaff: 1, holder: 1 }).lean();
      return { items: items.map((message) => toLine(message, read?.readByStaff ?? null)), next };
    },
    receipts: async (address, upTo, state, now) => {
      const conversationId = await conversationOf(address);
      if (conversationId) await noteReceipts(engine(), { conversationId, upTo, state, now });
    },
  };
}

function toLine(message: Message, readByStaff: string | null): ChatLine {
  const { _id: id, direction, author, content, sentAt, providerId } = message;
  return {
    id,
    ...(direction === 'in' && providerId ? { providerId } : {}),
    direction: direction === 'in' ? 'in' : 'out',
    author: author.name === undefined ? { kind: author.kind } : { kind: author.kind, name: author.name },
    content,
    sentAt,
    state: direction === 'in' ? inboundState(message, readByStaff) : outboundState(message),
  };
}

/** The user's own message: stored, taken in by its turn, seen by a person. */
function inboundState({ _id, processedAt }: Message, readByStaff: string | null): ChatLine['state'] {
  if (readByStaff !== null && _id <= readByStaff) return 'read';
  return processedAt ? 'delivered' : 'sent';
}

function outboundState({ delivery }: Message): ChatLine['state'] {
  const state = delivery?.state ?? 'sent';
  return state === 'queued' ? 'sent' : state;
}
