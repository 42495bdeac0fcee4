import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { AppointmentSummary } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { Icon } from '../ui/icon.js';
import { Due, Time } from '../ui/time.js';
import { BookingState } from './booking-state.js';
import { formatSession } from './session-text.js';

interface BookingRowProps {
  appointment: AppointmentSummary;
  href: string;
  current: boolean;
}

/** One booking of the list: who, what for, how it stands, when. */
export const BookingRow = memo(function BookingRow({
  appointment,
  href,
  current,
}: BookingRowProps): ReactNode {
  const { id, who, kind, state, ticketNumber, purpose, agreed, planBy, waiting, unit } = appointment;
  const place = [who.agency, who.regionName].filter(Boolean).join(' · ');
  return (
    <Link href={href} className="row" data-number={id} aria-current={current ? 'true' : undefined}>
      <span className="row-top">
        <span className="row-name">{who.name}</span>
        <Time at={appointment.updatedAt} as="list" />
      </span>
      <span className="row-middle">
        <span className="row-place">{place}</span>
        <span className="row-number">{ticketNumber}</span>
      </span>
      <span className="row-question">
        <span className="row-topic">{t(`kind.${kind}`)}</span> {purpose}
      </span>
      <span className="row-state">
        <BookingState state={state} />
        <Sign appointment={appointment} />
      </span>
      <span className="row-state">
        {agreed ? (
          <span className="row-session">
            <Icon name="calendar" />
            {formatSession(agreed)}
          </span>
        ) : waiting ? (
          <span className="row-place">
            {t('bookings.waitingSince')} <Time at={waiting.since} as="list" />
          </span>
        ) : (
          <span className="row-place">{unit.name}</span>
        )}
        {planBy && <Due at={planBy} />}
      </span>
    </Link>
  );
});

/** What is out of the ordinary about it, the gravest first. */
function Sign({ appointment }: { appointment: AppointmentSummary }): ReactNode {
  const { displaced, hindered, held, proposed } = appointment;
  if (hindered) return <span className="status status-failed">{t('bookings.sign.hindered')}</span>;
  if (displaced) return <span className="status status-failed">{t('bookings.sign.displaced')}</span>;
  if (held) return <span className="status status-waiting-user">{t('bookings.sign.held')}</span>;
  if (proposed > 0) return <span className="status status-waiting-user">{t('bookings.sign.proposed')}</span>;
  return null;
}
