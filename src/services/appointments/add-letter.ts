import type { Appointment, RequestLetter } from '../../models/appointment.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment, type By } from './change-appointment.js';
import { checkOverride, requirePlanner, requireState, type Override } from './guards.js';
import { letterKeys } from './letter-keys.js';

export interface AddLetterInput {
  id: string;
  letter: RequestLetter;
  by: By;
  key: string;
  /** Of `new-letter`, by a supervisor: one that has served before serves again (R-C6). */
  override?: Override | undefined;
  now: Date;
}

/**
 * The request letter (R-B1, R-C1): what waited for it is planned from now on; while it is planned, another letter takes its place.
 * The earliest day counts from its receipt (R-B2).
 * @throws DomainError letter-used (R-C6), not-found for its file, not-allowed, reason-missing, appointment-over, step-not-possible
 */
export async function addLetter(context: ServiceContext, input: AddLetterInput): Promise<Appointment> {
  const { id, letter, by, key, override, now } = input;
  requirePlanner(by);
  checkOverride(by, override);
  const overridden = override?.rules.includes('new-letter') ? (['new-letter'] as const) : [];
  const keys = overridden.length > 0 ? [] : await letterKeys(context, letter);
  return changeAppointment(context, {
    ...{ id, by, key, now },
    decide: (before) => {
      requireState(before, 'awaiting-letter', 'planning');
      const text = overridden.length > 0 ? override?.reason.trim() : undefined;
      return {
        entry: { step: 'letter', text, overridden: [...overridden] },
        set: { state: 'planning', letter, letterKeys: keys },
      };
    },
  });
}
