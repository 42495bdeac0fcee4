import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { getMail, type MailDetails } from './get-mail.js';

/**
 * Sends a mail that was given up once more, with all its attempts before it; its Message-ID stays.
 * @throws DomainError not-allowed, not-found; conflict when it has not failed
 */
export async function retryMail(
  context: ServiceContext,
  { id, actor, now }: { id: string; actor: Actor; now: Date },
): Promise<MailDetails> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const { models, changes } = context;
  await getMail(context, { id, actor });
  const queued = await models.mails
    .findOneAndUpdate(
      { _id: id, state: 'failed' },
      { $set: { state: 'queued', attempts: 0, nextAttemptAt: now } },
    )
    .lean();
  const mail = await getMail(context, { id, actor });
  if (!queued) throw new DomainError('conflict');
  changes.publish({ topic: 'mail', id });
  await recordAudit(context, { actor, action: 'mail.retry', subject: id, now });
  return mail;
}
