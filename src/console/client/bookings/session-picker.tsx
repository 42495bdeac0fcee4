import { useState, type ReactNode } from 'react';
import { useFreeSessions } from '../api/appointments.js';
import type { Session } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { formatDate, formatTime } from '../text/time.js';
import { Field } from '../ui/field.js';
import { Failed, Skeleton } from '../ui/states.js';
import { sessionDays, type SessionDay } from './session-days.js';

interface SessionPickerProps {
  id: string;
  /** One or several. */
  type: 'radio' | 'checkbox';
  picked: ReadonlySet<string>;
  onPick: (session: Session) => void;
}

/** What is free by all rules, day by day, from a date on. */
export function SessionPicker({ id, type, picked, onPick }: SessionPickerProps): ReactNode {
  const [from, setFrom] = useState('');
  const { data, error, refetch } = useFreeSessions(id, from);
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} />;
  const days = sessionDays(data);
  return (
    <>
      <Field label={t('bookings.from')} hint={t('bookings.earliest', { date: formatDate(data.earliest) })}>
        {(input) => (
          <input
            {...input}
            type="date"
            min={data.earliest}
            value={from || data.earliest}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <div className="session-days">
        {days.length === 0 && <p className="muted">{t('bookings.nothingFree')}</p>}
        {days.map((day) => (
          <Day key={day.date} day={day} type={type} picked={picked} onPick={onPick} />
        ))}
      </div>
    </>
  );
}

function Day({ day, type, picked, onPick }: Omit<SessionPickerProps, 'id'> & { day: SessionDay }): ReactNode {
  const { date, sessions, full } = day;
  if (full)
    return (
      <p className="session-full">
        {formatDate(date)}: {t(`bookings.full.${full.why}`)}
        {full.name && ` (${full.name})`}
      </p>
    );
  return (
    <fieldset className="session-day">
      <legend>{formatDate(date)}</legend>
      {sessions.map((session) => (
        <label key={session.startsAt}>
          <input
            type={type}
            name="session"
            checked={picked.has(session.startsAt)}
            onChange={() => onPick(session)}
          />
          <span>
            {formatTime(session.startsAt)}
            <span className="visually-hidden"> {session.room.name}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
