import type { Mail } from '../../models/mail.js';
import { openFile } from '../files/open-file.js';
import type { ServiceContext } from '../service-context.js';
import type { OutgoingMail } from './mail-transport.js';

/**
 * A queued mail with its sender and the bytes of its attachments.
 * @throws DomainError not-found when an attachment is gone
 */
export async function outgoingMail(context: ServiceContext, mail: Mail): Promise<OutgoingMail> {
  const { _id, messageId, to, subject, text, createdAt } = mail;
  const attachments = await Promise.all(
    mail.attachments.map(async ({ fileId, name }) => ({ name, opened: await openFile(context, fileId) })),
  );
  return {
    ...{ id: _id, messageId, from: context.config.mailFrom, to, subject, text, date: createdAt },
    attachments: attachments.map(({ name, opened }) => ({
      filename: name,
      contentType: opened.file.mimeType,
      content: opened.read(),
    })),
  };
}
