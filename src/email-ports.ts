import { createHmac } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { EmailPorts, EmailSettings, StoredLetter } from './channels/index.js';
import { addChannelNote } from './conversation/add-channel-note.js';
import { ChannelError } from './conversation/channel.js';
import type { Engine } from './conversation/engine.js';
import { noteUndelivered } from './conversation/note-undelivered.js';
import type { EmailLetter } from './models/email-letter.js';
import { openFile } from './services/files/open-file.js';
import { storeFile } from './services/files/store-file.js';
import { addressOfSender } from './services/mail/queue-mail.js';
import type { MailTransport } from './services/mail/mail-transport.js';
import { noteReturnedMail } from './services/mail/note-returned-mail.js';
import { isRefusedForGood } from './services/mail/refused-for-good.js';
import type { ServiceContext } from './services/service-context.js';
import type { Clock } from './shared/clock.js';
import type { Config } from './shared/config.js';

/** How the e-mail channel is set; undefined while it is off. */
export function emailSettings({ imap, mailFrom, maxFileBytes }: Config): EmailSettings | undefined {
  if (imap === undefined) return undefined;
  const { url: imapUrl, ...folders } = imap;
  return { imapUrl, ...folders, address: addressOfSender(mailFrom), maxFileBytes };
}

/** What the e-mail channel may see and do, in terms of letters and conversations. */
export function createEmailPorts(
  services: ServiceContext,
  clock: Clock,
  core: () => { engine: Engine; mailTransport: MailTransport },
): EmailPorts {
  const { models, config, texts, log, signingKey } = services;
  const { emailBoxes, conversations } = models;
  return {
    ...{ clock, texts, log, contact: config.contact, letters: letterStore(services) },
    wait: (milliseconds, signal) =>
      setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined),
    storeFile: ({ content, name, now }) => storeFile(services, { content, name, conversationId: null, now }),
    openFile: async (fileId) => {
      const { file, read } = await openFile(services, fileId);
      return { mimeType: file.mimeType, read };
    },
    sendMail: async ({ automatic, ...letter }) => {
      try {
        const mail = { id: letter.messageId.replace(/[^\w.-]/g, '_'), from: config.mailFrom, ...letter };
        await core().mailTransport.send({ ...mail, automatic: automatic ? 'replied' : 'no' });
      } catch (error) {
        const permanent = isRefusedForGood(error);
        const reason = permanent ? 'recipient-refused' : 'mail-server-away';
        throw new ChannelError(reason, permanent, undefined, { cause: error });
      }
    },
    sign: (text) => createHmac('sha256', signingKey).update(text).digest('hex'),
    readPosition: async (box) => (await emailBoxes.findById(box).lean()) ?? undefined,
    writePosition: async (box, { uidValidity, lastUid, since, trying }) => {
      const $set = { uidValidity, lastUid, since, trying };
      await emailBoxes.updateOne({ _id: box }, { $set }, { upsert: true });
    },
    addressee: async (conversationId) => {
      const found = await conversations.findById(conversationId, { language: 1, profile: 1 }).lean();
      return { language: found?.language ?? 'id', name: found?.profile.name };
    },
    addNote: (note) => addChannelNote(core().engine, { channel: 'email', author: 'E-mail', ...note }),
    noteUndelivered: (messageIds, reason) =>
      noteUndelivered(core().engine, { messageIds, reason, now: clock.now() }),
    noteReturnedMail: (messageId, reason) => noteReturnedMail(services, { messageId, reason }),
    undeliverable: undeliverableAddresses(services),
  };
}

function undeliverableAddresses({ models }: ServiceContext): EmailPorts['undeliverable'] {
  const { undeliverableAddresses: addresses } = models;
  return {
    find: async (mailbox) => (await addresses.findById(mailbox).lean()) ?? undefined,
    mark: async (mailbox, reason, since) => {
      await addresses.updateOne({ _id: mailbox }, { $set: { reason, since } }, { upsert: true });
    },
    clear: async (mailbox) => {
      await addresses.deleteOne({ _id: mailbox });
    },
  };
}

function letterStore({ models }: ServiceContext): EmailPorts['letters'] {
  const { emailLetters: letters, conversations } = models;
  return {
    save: async ({ id, ...letter }) => {
      await letters.updateOne({ _id: id }, { $setOnInsert: { ...letter } }, { upsert: true });
    },
    find: async (id) => toStored(await letters.findById(id).lean()),
    withMessageIds: async (messageIds, mailbox) => {
      if (messageIds.length === 0) return [];
      const of = mailbox === undefined ? {} : { mailbox };
      const found = await letters
        .find({ messageId: { $in: [...messageIds] }, ...of })
        .sort({ at: -1 })
        .limit(100)
        .lean();
      return found.flatMap((letter) => toStored(letter) ?? []);
    },
    latest: async (address, limit) => {
      const found = await letters.find({ address }).sort({ at: -1 }).limit(limit).lean();
      return found.flatMap((letter) => toStored(letter) ?? []);
    },
    countAutomatic: (mailbox, since) =>
      letters.countDocuments({ mailbox, direction: 'out', automatic: true, at: { $gt: since } }),
    conversationOf: async (address) => {
      const found = await conversations.findOne({ channel: 'email', address }, { _id: 1 }).lean();
      return found?._id;
    },
  };
}

function toStored(letter: EmailLetter | null): StoredLetter | undefined {
  if (!letter) return undefined;
  const { _id: id, ...rest } = letter;
  return { id, ...rest };
}
