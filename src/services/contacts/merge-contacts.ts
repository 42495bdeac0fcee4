import type { Contact } from '../../models/contact.js';
import type { ContactMerge } from '../../models/contact-merge.js';
import { isDuplicateKey } from '../../models/duplicate-key.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { currentContact } from './current-contact.js';
import { moveToKept, SETTLE_MILLISECONDS } from './move-contact.js';

interface MergeInput {
  contactIds: readonly [string, string];
  reason: ContactMerge['reason'];
  /** Null when a platform vouches for both. */
  actor: Actor | null;
  now: Date;
}

/**
 * Makes two contacts one person: the older stays and gets addresses, conversations and tickets of the other, and the profile
 * that was written last. Can be undone.
 * @returns the id of the contact that stays
 * @throws DomainError not-allowed, not-found; conflict when both are the same person already
 */
export async function mergeContacts(context: ServiceContext, input: MergeInput): Promise<string> {
  const { reason, actor, now } = input;
  if (actor) requireRole(actor, 'agent', 'supervisor');
  const [first, second] = await Promise.all(input.contactIds.map((id) => currentContact(context, id)));
  if (!first || !second) throw new DomainError('not-found');
  if (first._id === second._id) throw new DomainError('conflict');
  // The direction is a matter of the two alone, so that two merges at once cannot swallow both.
  const [kept, gone] = first._id < second._id ? [first, second] : [second, first];
  const merge = await record(context, { kept, gone, reason, actor, now });
  await moveToKept(context, merge);
  await recordAudit(context, {
    ...{ actor, action: 'contact.merge', subject: kept._id, key: `contact.merge:${merge._id}`, now },
    details: { with: gone._id, reason },
  });
  return kept._id;
}

async function record(
  { models, newId }: ServiceContext,
  { kept, gone, reason, actor, now }: Omit<MergeInput, 'contactIds'> & { kept: Contact; gone: Contact },
): Promise<ContactMerge> {
  const { _id, profile, addresses, verified } = gone;
  const conversations = await models.conversations.find({ contactId: _id }, { _id: 1 }).lean();
  const merge: ContactMerge = {
    ...{ _id: newId(), keptId: kept._id, keptProfile: kept.profile },
    gone: { _id, profile, addresses, verified },
    ...{ conversationIds: conversations.map((one) => one._id), reason, state: 'merged' },
    ...{ byName: actor?.name ?? null, at: now, undoneByName: null, undoneAt: null },
    settleAt: new Date(now.getTime() + SETTLE_MILLISECONDS),
  };
  try {
    await models.contactMerges.create(merge);
    return merge;
  } catch (error) {
    // Somebody else is merging the same contact away.
    if (isDuplicateKey(error)) throw new DomainError('conflict', {}, { cause: error });
    throw error;
  }
}
