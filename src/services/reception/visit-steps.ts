import type { Appointment, AppointmentStep } from '../../models/appointment.js';

/** What the reception does with a visit, in the order of R-C8. */
export const VISIT_STEPS = [
  ...(['arrive', 'call', 'meet', 'attendance', 'check-travel-orders'] as const),
  ...(['sign-travel-orders', 'hand-over', 'leave'] as const),
] as const satisfies readonly AppointmentStep[];
export type VisitStep = (typeof VISIT_STEPS)[number];

/**
 * How far a visit is. expected: agreed, nobody is here · arrived: identity card taken, guest card given · called: the consultant
 * was called · met: the consultant came · handed-over: the guests have BAK and SPPD · left: the identity card is back.
 */
export type VisitPhase = 'expected' | 'arrived' | 'called' | 'met' | 'handed-over' | 'left';

/** What somebody is to a visit. unit: of the unit that leads it, or its consultant. */
export type VisitStanding = 'receptionist' | 'supervisor' | 'unit';

interface Rule {
  from: readonly VisitPhase[];
  by: readonly VisitStanding[];
}

const RECEPTION = ['receptionist', 'supervisor'] as const;
const INSIDE = ['arrived', 'called', 'met'] as const;

/** Who may do what and how far the visit must be (R-C8); what is not listed is refused. */
const RULES: Readonly<Record<VisitStep, Rule>> = {
  // A second time: a wrong card or room is put right.
  arrive: { from: ['expected', 'arrived'], by: RECEPTION },
  // A second time: the consultant is called again; the 10 minutes count from the first.
  call: { from: ['arrived', 'called'], by: RECEPTION },
  meet: { from: ['arrived', 'called'], by: [...RECEPTION, 'unit'] },
  attendance: { from: INSIDE, by: RECEPTION },
  'check-travel-orders': { from: INSIDE, by: RECEPTION },
  'sign-travel-orders': { from: ['met'], by: ['supervisor'] },
  'hand-over': { from: ['met'], by: RECEPTION },
  // Nobody is kept here: an identity card goes back whatever else is missing.
  leave: { from: [...INSIDE, 'handed-over'], by: RECEPTION },
};

/** Undefined: no visit, or one that is not to come and was never here. */
export function phaseOf({
  kind,
  state,
  agreed,
  visit,
}: Pick<Appointment, 'kind' | 'state' | 'agreed' | 'visit'>): VisitPhase | undefined {
  if (kind !== 'visit' || !agreed) return undefined;
  if (!visit) return state === 'scheduled' ? 'expected' : undefined;
  if (visit.leftAt) return 'left';
  if (visit.handedOverAt) return 'handed-over';
  if (visit.metAt) return 'met';
  return visit.calledAt ? 'called' : 'arrived';
}

/** Whether somebody may ever take the step, however far the visit is. */
export function mayEver(step: VisitStep, standings: ReadonlySet<VisitStanding>): boolean {
  return RULES[step].by.some((standing) => standings.has(standing));
}

export function mayFrom(step: VisitStep, phase: VisitPhase | undefined): boolean {
  return phase !== undefined && RULES[step].from.includes(phase);
}
