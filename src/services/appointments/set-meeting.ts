import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { changeAppointment } from './change-appointment.js';
import { requirePlannerOrUnit, requireState } from './guards.js';

const LONGEST_URL = 2_000;

export interface SetMeetingInput {
  id: string;
  /** http or https. */
  url: string;
  actor: Actor;
  now: Date;
}

/**
 * R-B3: where the conference is joined. By agents, supervisors, and members of the unit.
 * @throws DomainError not-allowed, invalid-input, appointment-over, step-not-possible
 */
export async function setMeeting(
  context: ServiceContext,
  { id, url, actor, now }: SetMeetingInput,
): Promise<Appointment> {
  const meetingUrl = checked(url);
  return changeAppointment(context, {
    ...{ id, by: { kind: 'staff', actor }, now },
    decide: async (before) => {
      await requirePlannerOrUnit(context, actor, before);
      if (before.kind === 'visit') throw new DomainError('step-not-possible');
      requireState(before, 'planning', 'scheduled', 'under-way');
      if (before.meetingUrl === meetingUrl) return null;
      return { entry: { step: 'meeting' }, set: { meetingUrl } };
    },
  });
}

function checked(text: string): string {
  const url = text.length > LONGEST_URL ? null : URL.parse(text.trim());
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new DomainError('invalid-input', { field: 'url' });
  }
  return url.href;
}
