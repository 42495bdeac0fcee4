import type { Mail } from '../../models/mail.js';
import type { Filter } from '../../models/query.js';
import { decodeCursor, pageOf, type Page } from '../paging/cursor.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { recordsVisibleTo } from '../tickets/records-visible-to.js';
import { summariseMails, type MailSummary } from './mail-view.js';

/**
 * One page of the mails, newest first.
 * @throws DomainError not-allowed; invalid-input for a foreign cursor
 */
export async function listMails(
  context: ServiceContext,
  { actor, cursor, limit }: { actor: Actor; cursor?: string | undefined; limit: number },
): Promise<Page<MailSummary>> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const after: Filter<Mail> = cursor ? { _id: { $lt: decodeCursor(cursor, { dated: false }).id } } : {};
  const found = await context.models.mails
    .find({ $and: [after, await recordsVisibleTo(context, actor)] })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const { items, next } = pageOf(found, limit, ({ _id }) => ({ id: _id }));
  return { items: await summariseMails(context, items), next };
}
