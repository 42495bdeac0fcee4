import type { Appointment, AppointmentState, AppointmentStep } from '../../models/appointment.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole } from '../staff/authorise.js';

/** office: agents and supervisors, who plan · unit: people of the unit that has it · none: only looks, or not even that. */
export type AppointmentStanding = 'office' | 'unit' | 'none';

/** @param unitCode of the staff member, as `unitOf` reads it */
export function standingAt(
  appointment: Pick<Appointment, 'unitCode'>,
  actor: Actor,
  unitCode: string | null,
): AppointmentStanding {
  if (hasRole(actor, 'agent', 'supervisor')) return 'office';
  if (!hasRole(actor, 'unit-member', 'head-of-unit')) return 'none';
  return appointment.unitCode === unitCode ? 'unit' : 'none';
}

/** The unit somebody works in; null for nobody's. */
export async function unitOf({ models }: ServiceContext, { staffId }: Actor): Promise<string | null> {
  const person = await models.staff.findOne({ _id: staffId, active: true }, { unitCode: 1 }).lean();
  return person?.unitCode ?? null;
}

type Steps = readonly AppointmentStep[];

const UNIT_STEPS: Readonly<Partial<Record<AppointmentState, Steps>>> = {
  'awaiting-letter': ['assign'],
  planning: ['assign', 'meeting'],
  scheduled: ['assign', 'meeting'],
  'under-way': ['assign', 'meeting', 'report'],
  over: ['assign', 'report'],
};

const OFFICE_STEPS: Readonly<Partial<Record<AppointmentState, Steps>>> = {
  'awaiting-letter': ['letter', 'guests', 'assign', 'cancel', 'decline'],
  planning: [
    ...(['letter', 'book', 'propose', 'guests', 'assign'] as const),
    ...(['meeting', 'trial', 'solve', 'cancel', 'decline'] as const),
  ],
  scheduled: ['move', 'propose', 'guests', 'assign', 'meeting', 'trial', 'cancel', 'decline'],
  'under-way': ['guests', 'assign', 'meeting', 'report'],
  over: ['assign', 'report'],
};

/** What the services would let somebody do; a page shows only these. What happens to a visit on its day is the reception's. */
export function allowedSteps(appointment: Appointment, standing: AppointmentStanding): AppointmentStep[] {
  const { state } = appointment;
  if (standing === 'none') return [];
  const steps = (standing === 'office' ? OFFICE_STEPS : UNIT_STEPS)[state] ?? [];
  return steps.filter((step) => fits(step, appointment));
}

function fits(step: AppointmentStep, { kind, trial }: Appointment): boolean {
  // R-B5: after a trial run that failed nothing is booked before what hindered it is solved.
  const hindered = trial?.state === 'failed' && trial.solvedAt === null;
  switch (step) {
    case 'book':
    case 'propose':
      return !hindered;
    case 'solve':
      return hindered;
    case 'trial':
      return kind === 'video-network';
    case 'guests':
      return kind === 'visit';
    case 'meeting':
      return kind !== 'visit';
    default:
      return true;
  }
}
