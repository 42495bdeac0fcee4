import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { changeAppointment, type By, type Change } from './change-appointment.js';
import { requirePlanner, requireReason, requireState } from './guards.js';

export interface NoteTrialInput {
  id: string;
  /** When it is run, or was. */
  at?: Date | undefined;
  /** Left out: it is only planned. */
  result?: 'passed' | 'failed' | undefined;
  /** What hindered it; has to be said where it failed. */
  hindrance?: string | undefined;
  actor: Actor;
  now: Date;
}

/**
 * R-B5: the trial run over the ministry's network. Failed, the conference is postponed: the agreed time is given back (`startsAt` of
 * the entry, the hindrance its `text`), and none is agreed until `solveHindrance`.
 * @throws DomainError not-allowed, reason-missing, invalid-input, appointment-over, step-not-possible
 */
export async function noteTrial(context: ServiceContext, input: NoteTrialInput): Promise<Appointment> {
  const { id, at, result, actor, now } = input;
  const by: By = { kind: 'staff', actor };
  requirePlanner(by);
  const hindrance = result === 'failed' ? requireReason(input.hindrance ?? '') : null;
  if (result === undefined && at === undefined) throw new DomainError('invalid-input', { field: 'at' });
  return changeAppointment(context, {
    ...{ id, by, now },
    decide: (before) => {
      const { trial } = before;
      if (!trial) throw new DomainError('step-not-possible');
      requireState(before, 'planning', 'scheduled');
      const when = at ?? trial.at ?? now;
      if (hindrance !== null) return postponed(before, when, hindrance);
      const state = result ?? 'due';
      return {
        entry: { step: 'trial', startsAt: when },
        set: { trial: { ...trial, at: when, state, hindrance: null, solvedAt: null } },
      };
    },
  });
}

function postponed({ agreed }: Appointment, at: Date, hindrance: string): Change {
  return {
    entry: { step: 'trial', text: hindrance, startsAt: agreed?.startsAt },
    set: {
      ...{ state: 'planning', agreed: null, held: null, proposed: [], waiting: null },
      trial: { at, state: 'failed', hindrance, solvedAt: null },
    },
    claims: [],
  };
}
