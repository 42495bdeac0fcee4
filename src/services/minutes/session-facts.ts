import type { BakSession } from '../../documents/bak/bak-data.js';
import type { Appointment, Guest } from '../../models/appointment.js';
import type { Ticket } from '../../models/ticket.js';
import { appointmentPlace } from '../appointments/appointment-place.js';
import type { ServiceContext } from '../service-context.js';

/** The conference or visit of a ticket for its BAK (R-B6, R-C8); undefined where none took place. */
export async function sessionFacts(context: ServiceContext, ticket: Ticket): Promise<BakSession | undefined> {
  const appointment = await context.models.appointments
    .findOne({ ticketId: ticket._id }, { thread: 0 })
    .lean();
  if (!appointment?.agreed) return undefined;
  const { kind, agreed, meetingUrl, report } = appointment;
  return {
    ...{ kind, startsAt: agreed.startsAt, endsAt: agreed.endsAt },
    place: appointmentPlace(context, appointment),
    link: kind === 'visit' ? undefined : (meetingUrl ?? undefined),
    recordingUrl: report?.recordingUrl ?? undefined,
    guests: present(appointment).map(({ name, position }) =>
      position === null ? name : `${name}, ${position}`,
    ),
  };
}

/** R-C9: of a visit those on its attendance list; nobody keeps one of a conference. */
function present({ kind, guests, visit }: Pick<Appointment, 'kind' | 'guests' | 'visit'>): Guest[] {
  const here = new Set(visit?.attendance.map(({ guestId }) => guestId));
  return guests.filter(({ id }) => kind !== 'visit' || here.has(id));
}
