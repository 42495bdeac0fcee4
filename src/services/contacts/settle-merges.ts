import type { ContactMerge } from '../../models/contact-merge.js';
import type { ServiceContext } from '../service-context.js';
import { moveBack, moveToKept } from './move-contact.js';

/** How many merges one run takes up; the next run takes the rest. */
const BATCH = 20;

/** Moves once more what was under way while contacts were merged or taken apart, or what a crash left. */
export async function settleMerges(context: ServiceContext, now: Date): Promise<void> {
  const { contactMerges } = context.models;
  const due = await contactMerges
    .find({ settleAt: { $type: 'date', $lte: now } })
    .sort({ settleAt: 1 })
    .limit(BATCH)
    .lean();
  for (const merge of due) {
    if (merge.state === 'merged') await moveToKept(context, merge);
    else if (!(await isMergedAgain(context, merge))) await moveBack(context, merge);
    await contactMerges.updateOne(
      { _id: merge._id, state: merge.state, settleAt: merge.settleAt },
      { $set: { settleAt: null } },
    );
  }
}

async function isMergedAgain({ models }: ServiceContext, { gone }: ContactMerge): Promise<boolean> {
  return (await models.contactMerges.exists({ 'gone._id': gone._id, state: 'merged' })) !== null;
}

/** When the next merge settles. */
export async function nextSettling({ models }: ServiceContext): Promise<Date | undefined> {
  const next = await models.contactMerges
    .findOne({ settleAt: { $type: 'date' } }, { settleAt: 1 })
    .sort({ settleAt: 1 })
    .lean();
  return next?.settleAt ?? undefined;
}
