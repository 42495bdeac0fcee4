import type { Appointment } from '../../models/appointment.js';
import { standingAt, unitOf } from '../appointments/allowed-steps.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole } from '../staff/authorise.js';
import { mayEver, mayFrom, phaseOf, VISIT_STEPS, type VisitStanding, type VisitStep } from './visit-steps.js';

/** What somebody is to a visit (R-C8). */
export async function visitStandings(
  context: ServiceContext,
  actor: Actor,
  visit: Pick<Appointment, 'unitCode' | 'consultantId'>,
): Promise<ReadonlySet<VisitStanding>> {
  const standings = new Set<VisitStanding>();
  if (hasRole(actor, 'receptionist')) standings.add('receptionist');
  if (hasRole(actor, 'supervisor')) standings.add('supervisor');
  const inUnit = hasRole(actor, 'unit-member', 'head-of-unit');
  if (inUnit && standingAt(visit, actor, await unitOf(context, actor)) === 'unit') standings.add('unit');
  return standings;
}

/** What the services would let somebody do now; a page shows only these. */
export function allowedVisitSteps(
  appointment: Pick<Appointment, 'kind' | 'state' | 'agreed' | 'visit'>,
  standings: ReadonlySet<VisitStanding>,
): VisitStep[] {
  const phase = phaseOf(appointment);
  return VISIT_STEPS.filter((step) => mayEver(step, standings) && mayFrom(step, phase));
}
