import type { Escalation, EscalationEntry } from '../../models/escalation.js';
import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { isOpen } from '../tickets/write-ticket.js';
import type { ServiceContext } from '../service-context.js';
import { followTicket } from './follow-ticket.js';
import { recordStep } from './record-step.js';
import { takeStep } from './take-step.js';

/** What the chat has to hear of a step; each is made once however often it is called. */
export type TellChat = (ticket: Ticket, escalation: Escalation, entry: EscalationEntry) => Promise<void>;

/**
 * Draws the consequences of every step that has none yet: fact, audit line, the ticket's state, what the chat hears. Run
 * twice, late or by two processes at once it changes nothing more. An open escalation of a ticket that is over is withdrawn.
 * @returns the escalation as it then stands
 */
export async function settleSteps(
  context: ServiceContext,
  id: string,
  tell: TellChat,
  now: Date,
): Promise<Escalation | null> {
  const { models } = context;
  const escalation = await models.escalations.findById(id).lean();
  if (!escalation) return null;
  await followTicket(context, escalation);
  // Read afterwards: whoever ends the ticket later finds the escalation on it.
  const ticket = await models.tickets.findById(escalation.ticketId).lean();
  if (!ticket) return escalation;
  for (const entry of escalation.thread) {
    if (entry.n <= escalation.settledVersion) continue;
    await recordStep(context, escalation, ticket, entry);
    await tell(ticket, escalation, entry);
  }
  const { version } = escalation;
  await models.escalations.updateOne(
    { _id: id, settledVersion: { $lt: version } },
    { $set: { settledVersion: version } },
  );
  await models.escalations.updateOne({ _id: id, version }, { $set: { unsettled: false } });
  if (escalation.open && !isOpen(ticket)) {
    await withdraw(context, escalation, now);
    return settleSteps(context, id, tell, now);
  }
  return escalation;
}

/** The ticket is over: so is what was asked for it. Settled by the job. */
export async function withdrawForTicket(context: ServiceContext, ticketId: string, now: Date): Promise<void> {
  const open = await context.models.escalations.findOne({ ticketId, open: true }).lean();
  if (open) await withdraw(context, open, now);
}

async function withdraw(context: ServiceContext, { _id: id, version }: Escalation, now: Date): Promise<void> {
  try {
    await takeStep(context, { id, version, step: 'withdraw', actor: null, now });
  } catch (error) {
    // Approved, declined or withdrawn in the same moment.
    if (!(error instanceof DomainError && error.code === 'escalation-closed')) throw error;
  }
}
