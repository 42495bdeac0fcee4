import type { ServiceEvent, ServiceEventName } from '../../models/service-event.js';
import type { Ticket } from '../../models/ticket.js';
import { recordFact } from '../facts/record-fact.js';
import type { Actor, ServiceContext } from '../service-context.js';

interface TicketFact {
  name: ServiceEventName;
  /** What makes it this fact and no other, after the name; the ticket's id unless it can happen again. */
  of?: string;
  at: Date;
  actor?: Pick<Actor, 'staffId' | 'name'> | undefined;
  facts?: ServiceEvent['facts'];
}

/** A fact about a ticket, recorded once under `<name>:<of>`. */
export async function recordTicketFact(
  context: ServiceContext,
  ticket: Ticket,
  { name, of = ticket._id, at, actor, facts = {} }: TicketFact,
): Promise<boolean> {
  return recordFact(context, {
    key: `${name}:${of}`,
    name,
    at,
    channel: ticket.channel,
    ticketId: ticket._id,
    conversationId: ticket.conversationId,
    staffId: actor?.staffId ?? null,
    staffName: actor?.name ?? null,
    facts,
  });
}
