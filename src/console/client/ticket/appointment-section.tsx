import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useTicketAppointments } from '../api/appointments.js';
import type { Ticket } from '../api/types.js';
import type { AppointmentSummary } from '../api/types/appointments.js';
import { BookingState } from '../bookings/booking-state.js';
import { formatSession } from '../bookings/session-text.js';
import { t } from '../text/text.js';
import { Due } from '../ui/time.js';
import { Fact, Section } from './section.js';

/** How the booking of a ticket stands, and the way to it; nothing for other tickets. */
export function AppointmentSection({ ticket: { number, kind } }: { ticket: Ticket }): ReactNode {
  const { data: found = [] } = useTicketAppointments(number, BOOKINGS.has(kind));
  return found.map((appointment) => <One key={appointment.id} appointment={appointment} />);
}

const BOOKINGS: ReadonlySet<string> = new Set(['visit', 'video-application', 'video-network']);

function One({ appointment }: { appointment: AppointmentSummary }): ReactNode {
  const { id, kind, state, agreed, consultant, planBy } = appointment;
  return (
    <Section title={t(`kind.${kind}`)}>
      <p className="escalation-state">
        <BookingState state={state} /> {planBy && <Due at={planBy} />}
      </p>
      <dl className="facts">
        <Fact name={t('bookings.time')}>
          {agreed ? formatSession(agreed) : <span className="muted">{t('bookings.noTime')}</span>}
        </Fact>
        {agreed && <Fact name={t('bookings.room')}>{agreed.room.name}</Fact>}
        <Fact name={t('bookings.consultant')}>
          {consultant?.name ?? <span className="muted">{t('bookings.noConsultant')}</span>}
        </Fact>
      </dl>
      <p>
        <Link to={`/bookings/planning/${id}`}>{t('bookings.toBooking')}</Link>
      </p>
    </Section>
  );
}
