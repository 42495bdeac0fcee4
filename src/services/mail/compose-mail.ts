import type { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from './mail-transport.js';

/** The mail as nodemailer takes it. It encodes every header, and may neither read files nor fetch addresses. */
export function messageOf(mail: OutgoingMail): SendMailOptions {
  const { messageId, from, to, subject, text, date, attachments, inReplyTo, references = [] } = mail;
  const { automatic = 'generated', invitation } = mail;
  return {
    ...{ messageId, from, subject, text, date },
    to: { name: '', address: to },
    attachments: attachments.map((attachment) => ({ ...attachment })),
    ...(invitation ? { icalEvent: { ...invitation } } : {}),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references.length > 0 ? { references: [...references] } : {}),
    // Keeps absence notices from answering.
    headers: automatic === 'no' ? {} : { 'Auto-Submitted': `auto-${automatic}` },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  };
}

/** The mail in RFC 5322 form. */
export async function composeMail(mail: OutgoingMail): Promise<Readable> {
  const { createTransport } = await import('nodemailer');
  const { message } = await createTransport({ streamTransport: true, newline: 'windows' }).sendMail(
    messageOf(mail),
  );
  if (Buffer.isBuffer(message)) throw new TypeError('the mail was to be a stream');
  return message;
}
