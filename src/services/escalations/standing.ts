import type { Escalation } from '../../models/escalation.js';
import type { Ticket } from '../../models/ticket.js';
import type { Unit } from '../../models/unit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole } from '../staff/authorise.js';
import { LATER_STEPS, mayFrom, type LaterStep, type Standing } from './steps.js';

/** What somebody is to an escalation now, and whether they belong to a unit that had it before. */
export interface StandingNow {
  standings: ReadonlySet<Standing>;
  hadIt: boolean;
}

/**
 * R-A5, R-E3: unit and role of the staff member, the deputy's only up to the last day of the head's absence.
 * @param actor null: the product itself
 */
export async function standingOf(
  { models, reference }: ServiceContext,
  actor: Actor | null,
  escalation: Pick<Escalation, 'unitCode' | 'assigneeId' | 'thread'>,
  ticket: Pick<Ticket, 'assigneeId'> | null,
  now: Date,
): Promise<StandingNow> {
  if (!actor) return { standings: new Set(['system']), hadIt: false };
  const [person, unit] = await Promise.all([
    models.staff.findOne({ _id: actor.staffId, active: true }, { unitCode: 1 }).lean(),
    models.units.findById(escalation.unitCode).lean(),
  ]);
  const inUnit = person?.unitCode === escalation.unitCode;
  const member = inUnit && hasRole(actor, 'unit-member', 'head-of-unit');
  const own = [null, actor.staffId];
  const held: Record<Standing, boolean> = {
    member,
    holder: member && own.includes(escalation.assigneeId),
    head: inUnit && hasRole(actor, 'head-of-unit'),
    deputy: person !== null && isActingDeputy(unit, actor.staffId, reference.calendar.dateOf(now)),
    agent: person !== null && hasRole(actor, 'agent') && own.includes(ticket?.assigneeId ?? null),
    supervisor: person !== null && hasRole(actor, 'supervisor'),
    system: false,
  };
  return {
    standings: new Set((Object.keys(held) as Standing[]).filter((standing) => held[standing])),
    hadIt: escalation.thread.some(({ unitCode }) => unitCode === person?.unitCode),
  };
}

/** @param today yyyy-MM-dd in WIB */
export function isActingDeputy(unit: Unit | null, staffId: string, today: string): boolean {
  return unit?.deputyId === staffId && (unit.headAwayUntil ?? '') >= today;
}

/** What the services would let somebody do; a page or card shows only these. */
export function allowedSteps(
  { open, state, askedEntry, answer }: Escalation,
  standings: ReadonlySet<Standing>,
  staffId: string,
): LaterStep[] {
  if (!open) return [];
  return LATER_STEPS.filter((step) => {
    if (!mayFrom(step, state as never, standings)) return false;
    if (step === 'user-answer') return askedEntry !== null;
    return step !== 'approve' && step !== 'return' ? true : standings.has('head') || answer?.byId !== staffId;
  });
}
