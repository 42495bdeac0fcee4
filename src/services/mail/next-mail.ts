import type { ServiceContext } from '../service-context.js';

/** When the next queued e-mail is due. */
export async function nextMail({ models }: ServiceContext): Promise<Date | undefined> {
  const next = await models.mails
    .findOne({ state: 'queued' }, { nextAttemptAt: 1 })
    .sort({ nextAttemptAt: 1 })
    .lean();
  return next?.nextAttemptAt ?? undefined;
}
