import type { Conversation } from '../../models/conversation.js';
import type { EscalationState } from '../../models/escalation.js';
import { isBooking, isVoice, type Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import type { Language } from '../../shared/i18n.js';
import { conversationsOf } from '../contacts/conversations-of.js';
import { verificationUrl } from '../minutes/verification-code.js';
import { hasRole, requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { explainTicketDeadline } from './explain-ticket-deadline.js';
import { summariseTickets, type TicketAction, type TicketDetails } from './ticket-view.js';
import { visibleTo } from './visible-to.js';
import { isOpen } from './write-ticket.js';

interface GetTicketInput {
  number: string;
  actor: Actor;
  /** The reader's. */
  language: Language;
  now: Date;
}

/**
 * One ticket with everything an agent sees of it.
 * @throws DomainError not-allowed, not-found
 */
export async function getTicket(context: ServiceContext, input: GetTicketInput): Promise<TicketDetails> {
  const { number, actor, language } = input;
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const { models } = context;
  const ticket = await models.tickets.findOne({ number, $and: [visibleTo(actor)] }).lean();
  if (!ticket) throw new DomainError('not-found');
  const [summaries, unit, minutes, conversations, concerned] = await Promise.all([
    summariseTickets(context, [ticket], input),
    models.units.findById(ticket.unitCode).lean(),
    models.minutes.findOne({ ticketId: ticket._id }).sort({ revision: -1 }).lean(),
    conversationsOf(context, ticket),
    ticket.concernsStaffId ? models.staff.findById(ticket.concernsStaffId, { name: 1 }).lean() : null,
  ]);
  const anonymous = ticket.anonymous === true;
  const summary = summaries[0];
  const conversation = conversations.find(({ _id }) => _id === ticket.conversationId) ?? null;
  if (!summary) throw new DomainError('not-found');
  return {
    ...summary,
    // One conversation, met again on another ticket, would name the person.
    ...{ conversationId: anonymous ? '' : ticket.conversationId, profile: ticket.profile },
    conversationIds: anonymous ? [] : conversations.map(({ _id }) => _id),
    about: ticket.about ?? null,
    concerns: concerned && { id: concerned._id, name: concerned.name },
    unit: { code: ticket.unitCode, name: unit?.name ?? ticket.unitCode },
    ...{ question: ticket.question, attachments: ticket.attachments },
    ...{ countedFrom: ticket.countedFrom, firstResponseAt: ticket.firstResponseAt },
    ...{ answer: ticket.answer, legalBasis: ticket.legalBasis, resolvedAt: ticket.resolvedAt },
    ...{ closedAt: ticket.closedAt, closeReason: ticket.closeReason, rating: ticket.rating },
    minutes: minutes && {
      ...{ number: minutes.number, revision: minutes.revision, fileId: minutes.fileId },
      ...{ verificationUrl: verificationUrl(context, minutes.verificationCode), issuedAt: minutes.issuedAt },
    },
    deadlineExplanation: explainTicketDeadline(context, { ticket, language, now: input.now }),
    holderName: conversation?.holderName ?? null,
    unreachableAt: conversation?.unreachableAt ?? null,
    allowed: allowedActions(actor, ticket, conversation),
  };
}

/** What the services would let the actor do; the page shows only these. */
function allowedActions(
  actor: Actor,
  ticket: Ticket,
  conversation: Pick<Conversation, 'holder' | 'holderId'> | null,
): TicketAction[] {
  if (!hasRole(actor, 'agent', 'supervisor')) return [];
  const supervisor = hasRole(actor, 'supervisor');
  const free = ticket.assigneeId === null;
  const changeable = isOpen(ticket) && (free || supervisor || ticket.assigneeId === actor.staffId);
  // What is booked is planned with its unit, and ends with its appointment.
  const endable = changeable && !isBooking(ticket.kind);
  const held = conversation?.holder === 'staff';
  const holds = held && conversation.holderId === actor.staffId;
  const mayHold = changeable && (supervisor || holds || !held);
  const allowed: Record<TicketAction, boolean> = {
    'mark-concerned': isOpen(ticket) && supervisor && ticket.kind === 'complaint',
    claim: isOpen(ticket) && free,
    'take-over': mayHold && !holds,
    'hand-back': held && (holds || supervisor),
    reply: mayHold,
    note: isOpen(ticket),
    ...{ resolve: endable, close: endable },
    assign: isOpen(ticket) && (supervisor || free),
    edit: changeable,
    escalate: endable && mayAskUnit(ticket),
  };
  return (Object.keys(allowed) as TicketAction[]).filter((action) => allowed[action]);
}

/** No complaint is put on a desk that a whole unit reads (R-A8), and no question twice. */
function mayAskUnit({ kind, escalation }: Ticket): boolean {
  return !isVoice(kind) && !(escalation !== null && OPEN_ESCALATIONS.has(escalation.state));
}

const OPEN_ESCALATIONS: ReadonlySet<EscalationState> = new Set(['sent', 'claimed', 'asking', 'submitted']);
