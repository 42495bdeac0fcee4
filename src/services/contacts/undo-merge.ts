import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { moveBack, SETTLE_MILLISECONDS } from './move-contact.js';

interface UndoInput {
  mergeId: string;
  actor: Actor;
  now: Date;
}

/**
 * Takes two contacts apart again: each has the addresses, conversations and tickets it had, with what was written there since.
 * They are not merged again by what a platform says.
 * @throws DomainError not-allowed, not-found; conflict when it is undone already or the contact was merged further since
 */
export async function undoMerge(context: ServiceContext, { mergeId, actor, now }: UndoInput): Promise<void> {
  requireRole(actor, 'agent', 'supervisor');
  const { contacts, contactMerges } = context.models;
  const merge = await contactMerges.findById(mergeId).lean();
  if (!merge) throw new DomainError('not-found');
  const kept = await contacts.findById(merge.keptId, { mergedInto: 1 }).lean();
  if (kept?.mergedInto) throw new DomainError('conflict');
  const settleAt = new Date(now.getTime() + SETTLE_MILLISECONDS);
  const undone = await contactMerges
    .findOneAndUpdate(
      { _id: mergeId, state: 'merged' },
      { $set: { state: 'undone', undoneByName: actor.name, undoneAt: now, settleAt } },
      { returnDocument: 'after' },
    )
    .lean();
  if (!undone) throw new DomainError('conflict');
  await moveBack(context, undone);
  const action = 'contact.unmerge';
  await recordAudit(context, { actor, action, subject: merge.keptId, key: `${action}:${mergeId}`, now });
}
