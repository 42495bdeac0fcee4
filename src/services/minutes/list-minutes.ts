import type { Filter } from '../../models/query.js';
import type { Minutes } from '../../models/minutes.js';
import { decodeCursor, pageOf, type Page } from '../paging/cursor.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { recordsVisibleTo } from '../tickets/records-visible-to.js';
import { verificationUrl } from './verification-code.js';

/** A line of the BAK register. */
export interface MinutesEntry extends Pick<
  Minutes,
  'number' | 'revision' | 'ticketNumber' | 'issuedAt' | 'officerName' | 'fileId'
> {
  verificationUrl: string;
}

/**
 * One page of the register, newest first.
 * @throws DomainError not-allowed; invalid-input for a foreign cursor
 */
export async function listMinutes(
  context: ServiceContext,
  { actor, cursor, limit }: { actor: Actor; cursor?: string | undefined; limit: number },
): Promise<Page<MinutesEntry>> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const after: Filter<Minutes> = cursor ? { _id: { $lt: decodeCursor(cursor, { dated: false }).id } } : {};
  const found = await context.models.minutes
    .find({ $and: [after, await recordsVisibleTo(context, actor)] })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const { items, next } = pageOf(found, limit, ({ _id }) => ({ id: _id }));
  return {
    items: items.map(
      ({ number, revision, ticketNumber, issuedAt, officerName, fileId, verificationCode }) => ({
        ...{ number, revision, ticketNumber, issuedAt, officerName, fileId },
        verificationUrl: verificationUrl(context, verificationCode),
      }),
    ),
    next,
  };
}
