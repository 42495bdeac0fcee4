import type { ReactNode } from 'react';
import type { Appointment } from '../api/types/appointments.js';
import { Fact } from '../ticket/section.js';
import { t, tMaybe } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Time } from '../ui/time.js';
import type { BookingDialogName } from './booking-dialog-props.js';
import { BookingSection } from './booking-section.js';

interface ExecutionSectionProps {
  appointment: Appointment;
  onOpen: (dialog: BookingDialogName) => void;
}

/** Who holds it and how: unit, consultant, link, trial run, guests, BAK. */
export function ExecutionSection({ appointment, onOpen }: ExecutionSectionProps): ReactNode {
  const { allowed, unit, consultant, kind, kanwil, meetingUrl, meetingFailure } = appointment;
  const tools = TOOLS.filter(({ step }) => allowed.includes(step));
  return (
    <BookingSection
      title={t('bookings.execution')}
      tools={tools.map(({ step, icon }) => (
        <Button
          key={step}
          small
          icon={icon}
          look={step === 'report' ? 'primary' : 'plain'}
          onClick={() => onOpen(step)}
        >
          {t(`bookings.tool.${step}`)}
        </Button>
      ))}
    >
      <dl className="facts booking-facts">
        <Fact name={t('panel.unit')}>{unit.name}</Fact>
        <Fact name={t('bookings.consultant')}>
          {consultant?.name ?? <span className="muted">{t('bookings.noConsultant')}</span>}
        </Fact>
        {kanwil && <Fact name={t('bookings.kanwil')}>{kanwil}</Fact>}
        {kind !== 'visit' && (
          <Fact name={t('bookings.meeting')}>
            {meetingUrl ? (
              <Outside href={meetingUrl} />
            ) : (
              <span className="muted">{t('bookings.noMeeting')}</span>
            )}
            {meetingFailure && !meetingUrl && (
              <span className="notice notice-bad">
                {tMaybe(`bookings.meetingFailure.${meetingFailure}`) ?? meetingFailure}
              </span>
            )}
          </Fact>
        )}
        {kind === 'video-network' && <Trial trial={appointment.trial} />}
        {kind === 'visit' && <Guests guests={appointment.guests} />}
      </dl>
    </BookingSection>
  );
}

const TOOLS = [
  { step: 'report', icon: 'document' },
  { step: 'assign', icon: 'person' },
  { step: 'meeting', icon: 'external' },
  { step: 'trial', icon: 'pulse' },
  { step: 'solve', icon: 'check' },
  { step: 'guests', icon: 'people' },
] as const;

function Outside({ href }: { href: string }): ReactNode {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {href}
    </a>
  );
}

function Trial({ trial }: { trial: Appointment['trial'] }): ReactNode {
  return (
    <Fact name={t('bookings.trial')}>
      {trial ? (
        <>
          {t(`bookings.trialState.${trial.state}`)}
          {trial.at && (
            <>
              {' · '}
              <Time at={trial.at} as="short" />
            </>
          )}
          {trial.hindrance && <p className="prose">{trial.hindrance}</p>}
          {trial.solvedAt && (
            <p className="muted">
              {t('bookings.solvedAt')} <Time at={trial.solvedAt} as="short" />
            </p>
          )}
        </>
      ) : (
        <span className="muted">{t('bookings.trialState.due')}</span>
      )}
    </Fact>
  );
}

function Guests({ guests }: { guests: Appointment['guests'] }): ReactNode {
  return (
    <Fact name={t('bookings.guests')}>
      {guests.length === 0 ? (
        <span className="muted">{t('bookings.noGuests')}</span>
      ) : (
        <ul className="plain-list">
          {guests.map(({ id, name, position, isHead }) => (
            <li key={id}>
              {[name, position].filter(Boolean).join(', ')}
              {isHead && (
                <span className="booking-head">
                  <Icon name="star" />
                  {t('bookings.isHead')}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Fact>
  );
}
