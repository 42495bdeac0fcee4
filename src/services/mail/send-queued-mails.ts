import type { Mail } from '../../models/mail.js';
import type { Update } from '../../models/query.js';
import type { Clock } from '../../shared/clock.js';
import type { ServiceContext } from '../service-context.js';
import { recordTicketFact } from '../tickets/record-ticket-fact.js';
import type { MailTransport } from './mail-transport.js';
import { MINUTES_MAIL } from './minutes-mail.js';
import { outgoingMail } from './outgoing-mail.js';
import { isRefusedForGood } from './refused-for-good.js';

/** Minutes from one failed attempt to the next; eight attempts within some thirteen hours. */
const PAUSES = [1, 5, 15, 60, 120, 240, 360];
const MOST_ATTEMPTS = PAUSES.length + 1;

/** A worker that died while sending leaves the mail to others after this; no send takes that long. */
const LEASE_MINUTES = 10;

/** How much of the mail server's answer is kept. */
const REASON_LENGTH = 300;

/**
 * Sends what is due, oldest first. Each mail is claimed by one conditional write, so that two workers never send the
 * same one; a worker that dies between sending and writing it down repeats it, under the same Message-ID.
 */
export async function sendQueuedMails(
  context: ServiceContext,
  transport: MailTransport,
  clock: Clock,
): Promise<{ sent: number; failed: number }> {
  const done = { sent: 0, failed: 0 };
  for (;;) {
    const mail = await claimNext(context, clock.now());
    if (!mail) return done;
    const failure = await attempt(context, transport, mail);
    const now = clock.now();
    if (failure === undefined) {
      await settle(context, mail, { state: 'sent', sentAt: now, nextAttemptAt: null, reason: null });
      await recordMailed(context, mail, now);
      done.sent += 1;
    } else {
      const pause = failure.forGood ? undefined : PAUSES[mail.attempts - 1];
      const next = pause === undefined ? null : after(now, pause);
      await settle(context, mail, {
        state: next ? 'queued' : 'failed',
        nextAttemptAt: next,
        reason: failure.reason,
      });
      context.log.warn({ code: 'mail-not-sent', attempt: mail.attempts }, 'an e-mail was not sent');
      done.failed += 1;
    }
  }
}

/** Counts the attempt before it is made: one that never comes back counts as well. */
async function claimNext({ models }: ServiceContext, now: Date): Promise<Mail | null> {
  return models.mails
    .findOneAndUpdate(
      { state: 'queued', nextAttemptAt: { $lte: now } },
      { $inc: { attempts: 1 }, $set: { nextAttemptAt: after(now, LEASE_MINUTES) } },
      { sort: { nextAttemptAt: 1 }, returnDocument: 'after' },
    )
    .lean();
}

interface Failure {
  /** For people. */
  reason: string;
  /** Waiting will not help: somebody has to look at it now, not after the last attempt. */
  forGood: boolean;
}

async function attempt(
  context: ServiceContext,
  transport: MailTransport,
  mail: Mail,
): Promise<Failure | undefined> {
  if (mail.attempts > MOST_ATTEMPTS) return { reason: 'interrupted', forGood: true };
  try {
    await transport.send(await outgoingMail(context, mail));
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const reason = said
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, REASON_LENGTH);
    return { reason: reason || 'unknown', forGood: isRefusedForGood(error) };
  }
}

/** Only while the claim still stands: a mail that somebody retried by hand meanwhile is theirs. */
async function settle({ models, changes }: ServiceContext, mail: Mail, set: Update<Mail>): Promise<void> {
  await models.mails.updateOne({ _id: mail._id, state: 'queued', attempts: mail.attempts }, { $set: set });
  changes.publish({ topic: 'mail', id: mail._id });
}

async function recordMailed(context: ServiceContext, mail: Mail, now: Date): Promise<void> {
  if (!mail.key.startsWith(MINUTES_MAIL) || mail.ticketId === null) return;
  const ticket = await context.models.tickets.findById(mail.ticketId).lean();
  if (ticket) await recordTicketFact(context, ticket, { name: 'minutes-mailed', of: mail._id, at: now });
}

function after(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}
