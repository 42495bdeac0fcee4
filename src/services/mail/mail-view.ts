import type { Mail, MailState } from '../../models/mail.js';
import type { ServiceContext } from '../service-context.js';

/** A line of the list of mails. */
export interface MailSummary {
  id: string;
  to: string;
  subject: string;
  state: MailState;
  attempts: number;
  /** What the mail server said when it failed. */
  reason: string | null;
  createdAt: Date;
  sentAt: Date | null;
  ticketNumber: string | null;
}

export async function summariseMails(
  { models }: ServiceContext,
  mails: readonly Mail[],
): Promise<MailSummary[]> {
  const ids = [...new Set(mails.flatMap(({ ticketId }) => ticketId ?? []))];
  const tickets = await models.tickets.find({ _id: { $in: ids } }, { number: 1 }).lean();
  const numbers = new Map(tickets.map(({ _id, number }) => [_id, number]));
  return mails.map(({ _id, to, subject, state, attempts, reason, createdAt, sentAt, ticketId }) => ({
    ...{ id: _id, to, subject, state, attempts, reason, createdAt, sentAt },
    ticketNumber: numbers.get(ticketId ?? '') ?? null,
  }));
}
