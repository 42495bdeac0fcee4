import type { Appointment } from '../../models/appointment.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment } from './change-appointment.js';
import { agreedClaims } from './claims.js';

/**
 * A hold whose time has run out gives its place back to whoever wants it; `held` itself stays until the user has been told, and
 * may still be confirmed while nobody has taken it.
 */
export async function giveBackHold(context: ServiceContext, id: string, now: Date): Promise<Appointment> {
  return changeAppointment(context, {
    ...{ id, by: { kind: 'product' }, now },
    decide: (before) => {
      const { held, claims = [] } = before;
      if (!held || held.until > now) return null;
      const kept = agreedClaims(context.reference.calendar, before);
      return kept.length === claims.length ? null : { set: {}, claims: kept };
    },
  });
}
