import type { ReactNode } from 'react';
import type { Appointment, Session } from '../api/types/appointments.js';
import { useNow } from '../state/now.js';
import { t } from '../text/text.js';
import { formatDate, formatTime } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import type { BookingDialogName } from './booking-dialog-props.js';
import { BookingSection } from './booking-section.js';
import { formatSession, timeLeft } from './session-text.js';

interface TimeSectionProps {
  appointment: Appointment;
  onOpen: (dialog: BookingDialogName) => void;
}

/** The agreed time, the one that is kept, those that were offered; and giving it one. */
export function TimeSection({ appointment, onOpen }: TimeSectionProps): ReactNode {
  const { agreed, held, proposed, allowed } = appointment;
  return (
    <BookingSection
      title={t('bookings.time')}
      tools={
        <>
          {allowed.includes('book') && (
            <Button small look="primary" icon="calendar" onClick={() => onOpen('book')}>
              {t('bookings.book')}
            </Button>
          )}
          {allowed.includes('move') && (
            <Button small icon="calendar" onClick={() => onOpen('book')}>
              {t('bookings.move')}
            </Button>
          )}
          {allowed.includes('propose') && (
            <Button small icon="send" onClick={() => onOpen('propose')}>
              {t('bookings.propose')}
            </Button>
          )}
        </>
      }
    >
      {agreed ? <Agreed session={agreed} /> : <p className="muted">{t('bookings.noTime')}</p>}
      {held && <Held held={held} />}
      {proposed.length > 0 && (
        <div>
          <p className="muted">{t('bookings.proposed')}</p>
          <ul className="plain-list">
            {proposed.map((session) => (
              <li key={session.startsAt}>{formatSession(session)}</li>
            ))}
          </ul>
        </div>
      )}
    </BookingSection>
  );
}

function Agreed({ session: { startsAt, endsAt, room } }: { session: Session }): ReactNode {
  return (
    <p className="booking-agreed">
      <strong>{formatDate(startsAt)}</strong>
      <span>
        {formatTime(startsAt)}–{formatTime(endsAt)} WIB · {room.name}
      </span>
    </p>
  );
}

function Held({ held }: { held: NonNullable<Appointment['held']> }): ReactNode {
  const left = timeLeft(held.until, useNow());
  if (left === null) return null;
  return (
    <p className="notice">
      <Icon name="alarm" />
      {t('bookings.heldNow', { session: formatSession(held), left })}
    </p>
  );
}
