import type { ChannelName } from '../../shared/channel-name.js';
import type { ServiceContext } from '../service-context.js';
import { ticketChange } from '../tickets/ticket-change.js';

interface Reachability {
  channel: ChannelName;
  account: string;
  address: string;
  reachable: boolean;
  now: Date;
}

/** A user has shut the door to us on a channel, or opened it again: the agent of the ticket sees it. */
export async function noteReachable(
  { models, changes }: ServiceContext,
  { channel, account, address, reachable, now }: Reachability,
): Promise<void> {
  const known = reachable ? { $type: 'date' as const } : null;
  const conversation = await models.conversations
    .findOneAndUpdate(
      { channel, account, address, unreachableAt: known },
      { $set: { unreachableAt: reachable ? null : now } },
    )
    .lean();
  if (!conversation?.openTicketId) return;
  const ticket = await models.tickets.findById(conversation.openTicketId).lean();
  if (ticket) changes.publish(ticketChange(ticket));
}
