import type { Escalation } from '../../models/escalation.js';
import { DomainError } from '../../shared/errors.js';
import { visibleTo } from '../tickets/visible-to.js';
import { openFile, type OpenedFile } from '../files/open-file.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole, requireRole } from '../staff/authorise.js';
import { viewEscalation, type EscalationView } from './escalation-view.js';
import { allowedSteps, standingOf } from './standing.js';
import type { Standing } from './steps.js';

interface GetEscalationInput {
  id: string;
  actor: Actor;
  now: Date;
}

/**
 * One escalation with its thread, for the contact centre, the unit that has it and its acting deputy (R-E3).
 * @throws DomainError not-found, not-allowed
 */
export async function getEscalation(
  context: ServiceContext,
  { id, actor, now }: GetEscalationInput,
): Promise<EscalationView> {
  const { escalation, standings } = await readable(context, { id, actor, now });
  const allowed = allowedSteps(escalation, standings, actor.staffId);
  return viewEscalation(context, escalation, { allowed, now });
}

/**
 * What somebody sees of the step they have just taken, be it that they passed it on to others.
 * @throws DomainError not-found
 */
export async function viewAfterStep(
  context: ServiceContext,
  { id, actor, now }: GetEscalationInput,
): Promise<EscalationView> {
  const { escalation, standings } = await find(context, { id, actor, now });
  const allowed = allowedSteps(escalation, standings, actor.staffId);
  return viewEscalation(context, escalation, { allowed, now });
}

/**
 * The escalations of a ticket, newest first.
 * @throws DomainError not-allowed, not-found
 */
export async function listTicketEscalations(
  context: ServiceContext,
  { number, actor, now }: { number: string; actor: Actor; now: Date },
): Promise<{ items: EscalationView[] }> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const ticket = await context.models.tickets.findOne({ number, $and: [visibleTo(actor)] }).lean();
  if (!ticket) throw new DomainError('not-found');
  const found = await context.models.escalations
    .find({ ticketId: ticket._id })
    .sort({ _id: -1 })
    .limit(MOST_OF_TICKET)
    .lean();
  const items = found.map(async (escalation) => {
    const { standings } = await standingOf(context, actor, escalation, ticket, now);
    const allowed = allowedSteps(escalation, standings, actor.staffId);
    return viewEscalation(context, escalation, { allowed, now });
  });
  return { items: await Promise.all(items) };
}

/** Older ones are in the ticket's history. */
const MOST_OF_TICKET = 20;

/**
 * A file of an escalation for whoever may read it.
 * @throws DomainError not-found, not-allowed
 */
export async function openEscalationFile(
  context: ServiceContext,
  { fileId, ...input }: GetEscalationInput & { fileId: string },
): Promise<OpenedFile> {
  const { escalation } = await readable(context, input);
  const files = [escalation, ...escalation.thread].flatMap((part) => part.files ?? []);
  if (!files.some((file) => file.fileId === fileId)) throw new DomainError('not-found');
  return openFile(context, fileId);
}

interface Found {
  escalation: Escalation;
  standings: ReadonlySet<Standing>;
}

async function readable(context: ServiceContext, input: GetEscalationInput): Promise<Found> {
  const { escalation, standings } = await find(context, input);
  const ofUnit = standings.has('member') || standings.has('deputy');
  if (!ofUnit && !hasRole(input.actor, 'agent', 'supervisor', 'administrator')) {
    throw new DomainError('not-allowed');
  }
  return { escalation, standings };
}

async function find(context: ServiceContext, { id, actor, now }: GetEscalationInput): Promise<Found> {
  const escalation = await context.models.escalations.findById(id).lean();
  if (!escalation) throw new DomainError('not-found');
  const ticket = await context.models.tickets.findById(escalation.ticketId, { assigneeId: 1 }).lean();
  const { standings } = await standingOf(context, actor, escalation, ticket, now);
  return { escalation, standings };
}
