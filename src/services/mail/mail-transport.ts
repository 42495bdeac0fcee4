import type { Readable } from 'node:stream';
import type { MailAttachment } from '../../models/mail.js';

/** One e-mail as it leaves the process. */
export interface OutgoingMail {
  id: string;
  /** RFC 5322, the same at every attempt. */
  messageId: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  date: Date;
  inReplyTo?: string | undefined;
  references?: readonly string[];
  /** Whether a program wrote it, and why (RFC 3834); `no` for one that a person wrote. */
  automatic?: 'generated' | 'replied' | 'no';
  attachments: readonly { filename: string; contentType: string; content: Readable }[];
  /** A calendar file, small enough to be held. */
  invitation?: { filename: string; method: NonNullable<MailAttachment['calendar']>; content: Buffer };
}

/** Where e-mails go. */
export interface MailTransport {
  readonly mode: 'smtp' | 'folder';
  /** Resolves once the mail has been taken; rejects with what the other side said. */
  send(mail: OutgoingMail): Promise<void>;
}
