import type { WhatsAppStore } from '../channels/index.js';
import { isDuplicateKey } from '../models/duplicate-key.js';
import type { Models } from '../models/index.js';
import type { NewId } from '../shared/ids.js';
import { createAccountStore } from './account.js';
import { createContactStore } from './contacts.js';

/** What one WhatsApp number keeps in the database. */
export function createWhatsAppStore(models: Models, account: string, newId: NewId): WhatsAppStore {
  const { whatsappInbound: inbound, whatsappOutbound: outbound } = models;
  return {
    ...createAccountStore(models, account),
    ...createContactStore(models, account, newId),

    async journal(entry, now) {
      try {
        await inbound.create({ _id: newId(), account, ...entry, receivedAt: now, pending: true });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    pendingAddresses: () => inbound.distinct('address', { account, pending: true }),

    async nextPending(address) {
      const found = await inbound.findOne({ account, pending: true, address }).sort({ _id: 1 }).lean();
      if (!found) return undefined;
      const { _id: id, messageId, fromMe, sentAt, payload } = found;
      return { id, address, messageId, fromMe, sentAt, payload: payload ?? '' };
    },

    async settle(id) {
      await inbound.updateOne({ _id: id }, { $set: { pending: false, payload: null } });
    },

    async queueOutbound({ id, ...row }, now) {
      const fresh = { ...row, account, state: 'queued' as const, code: null, createdAt: now };
      await outbound.updateOne({ _id: id }, { $setOnInsert: fresh }, { upsert: true });
    },

    async findOutbound(id) {
      const found = await outbound.findOne({ _id: id, account }).lean();
      if (!found) return undefined;
      const { address, messageId, payload, state, code } = found;
      return { id, address, messageId, payload, state, code };
    },

    async noteOutbound(id, state, code) {
      await outbound.updateOne(
        { _id: id, state: { $ne: 'confirmed' } },
        { $set: { state, code: code ?? null } },
      );
    },
  };
}
