import type { ServiceContext } from '../service-context.js';

/**
 * A mail that was taken by the mail server has come back: it has failed after all, and is listed as such.
 * @returns false when no mail was sent under this Message-ID
 */
export async function noteReturnedMail(
  { models, changes }: ServiceContext,
  { messageId, reason }: { messageId: string; reason: string },
): Promise<boolean> {
  const mail = await models.mails
    .findOneAndUpdate(
      { messageId, state: 'sent' },
      { $set: { state: 'failed', reason, nextAttemptAt: null } },
    )
    .lean();
  if (mail) changes.publish({ topic: 'mail', id: mail._id });
  return mail !== null;
}
