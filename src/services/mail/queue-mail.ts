import { z } from 'zod';
import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { Mail } from '../../models/mail.js';
import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

interface QueueMailInput {
  /** What it is about: the same key is the same mail. */
  key: string;
  /** One address. */
  to: string;
  subject: string;
  text: string;
  attachments: Mail['attachments'];
  ticket: Pick<Ticket, '_id' | 'kind'> | null;
  now: Date;
}

const address = z.email().max(254);

export function isMailAddress(text: string): boolean {
  return address.safeParse(text).success;
}

/**
 * Puts an e-mail on its way out; `sendQueuedMails` sends it. Queuing it again changes nothing.
 * @throws DomainError invalid-input for anything but one address
 */
export async function queueMail(context: ServiceContext, input: QueueMailInput): Promise<void> {
  const { models, newId, changes, config } = context;
  const { key, to, text, attachments, ticket, now } = input;
  if (!isMailAddress(to)) throw new DomainError('invalid-input', { field: 'to' });
  const id = newId();
  try {
    await models.mails.create({
      ...{ _id: id, key, to, subject: oneLine(input.subject), text, attachments },
      ...{ ticketId: ticket?._id ?? null, ...(ticket ? { ticketKind: ticket.kind } : {}) },
      ...{ state: 'queued', attempts: 0, nextAttemptAt: now, reason: null, createdAt: now, sentAt: null },
      messageId: `<${id.toLowerCase()}@${addressOfSender(config.mailFrom).split('@')[1] ?? 'localhost'}>`,
    });
  } catch (error) {
    if (isDuplicateKey(error)) return;
    throw error;
  }
  changes.publish({ topic: 'mail', id });
}

/** A line break in a header would begin the next header. */
function oneLine(subject: string): string {
  return subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** The address in "Contact Center <callcenter@example.id>", in lower case. */
export function addressOfSender(sender: string): string {
  return /[^\s<>"]+@[\w.-]+/.exec(sender)?.[0].toLowerCase() ?? sender;
}
