import type { Readable } from 'node:stream';

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
  attachments: readonly { filename: string; contentType: string; content: Readable }[];
}

/** Where e-mails go. */
export interface MailTransport {
  readonly mode: 'smtp' | 'folder';
  /** Resolves once the mail has been taken; rejects with what the other side said. */
  send(mail: OutgoingMail): Promise<void>;
}
