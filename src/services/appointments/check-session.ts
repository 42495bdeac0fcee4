import type { Appointment, OverridableRule, Session } from '../../models/appointment.js';
import type { ServiceContext } from '../service-context.js';
import { placeSession } from './place-session.js';

export interface CheckSessionInput {
  appointment: Appointment;
  startsAt: Date;
  /** Any free one unless given. */
  room?: string | undefined;
  /** Rules that a supervisor would set aside. */
  override?: { rules: readonly OverridableRule[] } | undefined;
  /** True unless told: an agent may agree on other half hours than those offered (R-B3). */
  byStaff?: boolean | undefined;
  now: Date;
}

/**
 * Whether a time could be agreed on as things stand, and in which room; nothing is taken.
 * @throws DomainError session-too-early {earliest: yyyy-MM-dd}, session-closed {reason}, session-not-offered,
 * region-month-full {region, earliest: yyyy-MM-dd}, region-day-taken {region}, session-taken, consultant-busy
 */
export async function checkSession(context: ServiceContext, input: CheckSessionInput): Promise<Session> {
  const { appointment, startsAt, room, override, byStaff = true, now } = input;
  const wish = { appointment, startsAt, room, byStaff, overridden: override?.rules, now };
  const { session } = await placeSession(context, wish);
  return session;
}
