import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { changeAppointment } from './change-appointment.js';
import { requirePlanner, requireState } from './guards.js';

export interface SolveHindranceInput {
  id: string;
  remark: string;
  actor: Actor;
  now: Date;
}

/**
 * R-B5: what hindered the trial is solved, so that a time may be agreed anew.
 * @throws DomainError not-allowed, appointment-over, step-not-possible
 */
export async function solveHindrance(
  context: ServiceContext,
  { id, remark, actor, now }: SolveHindranceInput,
): Promise<Appointment> {
  const by = { kind: 'staff', actor } as const;
  requirePlanner(by);
  const text = remark.trim().slice(0, 2_000);
  return changeAppointment(context, {
    ...{ id, by, now },
    decide: (before) => {
      requireState(before, 'planning');
      const { trial } = before;
      if (trial?.state !== 'failed' || trial.solvedAt) throw new DomainError('step-not-possible');
      return {
        entry: { step: 'solve', text: text === '' ? undefined : text },
        set: { trial: { ...trial, solvedAt: now } },
      };
    },
  });
}
