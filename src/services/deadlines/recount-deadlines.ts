import type { Filter } from '../../models/query.js';
import { OPEN_STATUSES, type Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';
import { recountDeadline } from './recount-deadline.js';
import { latestRulesChange } from './rules-change.js';

/** How many are read at once. */
const PAGE = 200;

/**
 * Counts every open ticket again that was counted by other days off, hours or clocks than those in force: found in the
 * data, in the order of their keys, so that a run that is killed goes on with the next one, and a ticket that is done is
 * not found again.
 */
export async function recountDeadlines(context: ServiceContext, now: Date): Promise<void> {
  const { models, reference, log } = context;
  let after = '';
  for (;;) {
    // Another process may have changed them; by old rules nothing is counted again.
    await reference.reload();
    const stale = await models.tickets
      .find({ ...countedOtherwise(reference.deadlineRules), _id: { $gt: after } }, { number: 1 })
      .sort({ _id: 1 })
      .limit(PAGE)
      .lean();
    const change = await latestRulesChange(models);
    for (const { _id, number } of stale) {
      try {
        await recountDeadline(context, _id, { ...change, now });
      } catch (error) {
        log.error({ err: error, ticket: number }, 'counting a deadline again failed; it is tried again');
      }
    }
    const last = stale.at(-1);
    if (!last || stale.length < PAGE) return;
    after = last._id;
  }
}

/** Since when there is a deadline to be counted again. */
export async function nextRecount({ models, reference }: ServiceContext): Promise<Date | undefined> {
  const stale = await models.tickets
    .findOne(countedOtherwise(reference.deadlineRules), { receivedAt: 1 })
    .sort({ _id: 1 })
    .lean();
  return stale?.receivedAt;
}

function countedOtherwise(rules: string): Filter<Ticket> {
  return { status: { $in: [...OPEN_STATUSES] }, 'deadline.rules': { $ne: rules } };
}
