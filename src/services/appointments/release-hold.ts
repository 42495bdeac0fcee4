import type { Appointment } from '../../models/appointment.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment } from './change-appointment.js';
import { agreedClaims } from './claims.js';

export interface ReleaseHoldInput {
  id: string;
  /** Only one whose time has run out by `now`: who sweeps never ends a hold that was made anew. */
  onlyOver?: boolean | undefined;
  now: Date;
}

/** Gives the held time back; the agreed one stays. Nothing held: nothing happens. @throws DomainError not-found */
export async function releaseHold(
  context: ServiceContext,
  { id, onlyOver = false, now }: ReleaseHoldInput,
): Promise<Appointment> {
  return changeAppointment(context, {
    ...{ id, by: { kind: 'product' }, now },
    decide: (before) => {
      if (!before.held || (onlyOver && before.held.until > now)) return null;
      return { set: { held: null }, claims: agreedClaims(context.reference.calendar, before) };
    },
  });
}
