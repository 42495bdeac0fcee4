import { buffer } from 'node:stream/consumers';
import type { Mail, MailAttachment } from '../../models/mail.js';
import { openFile, type OpenedFile } from '../files/open-file.js';
import type { ServiceContext } from '../service-context.js';
import type { OutgoingMail } from './mail-transport.js';

/**
 * A queued mail with its sender and the bytes of its attachments.
 * @throws DomainError not-found when an attachment is gone
 */
export async function outgoingMail(context: ServiceContext, mail: Mail): Promise<OutgoingMail> {
  const { _id, messageId, to, subject, text, createdAt } = mail;
  const opened = await Promise.all(
    mail.attachments.map(async (attachment) => ({
      ...attachment,
      ...(await openFile(context, attachment.fileId)),
    })),
  );
  return {
    ...{ id: _id, messageId, from: context.config.mailFrom, to, subject, text, date: createdAt },
    attachments: opened
      .filter(({ calendar }) => calendar === undefined)
      .map(({ name, file, read }) => ({ filename: name, contentType: file.mimeType, content: read() })),
    ...(await invitationAmong(opened)),
  };
}

async function invitationAmong(
  opened: readonly (MailAttachment & OpenedFile)[],
): Promise<Pick<OutgoingMail, 'invitation'>> {
  for (const { calendar, name, read } of opened) {
    if (calendar) return { invitation: { filename: name, method: calendar, content: await buffer(read()) } };
  }
  return {};
}
