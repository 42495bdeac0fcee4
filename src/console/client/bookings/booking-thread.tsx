import type { ReactNode } from 'react';
import type { AppointmentEntry } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { formatFull } from '../text/time.js';
import { Time } from '../ui/time.js';

/** Every step, oldest first: who, when, about which time, in which words. */
export function BookingThread({ thread }: { thread: readonly AppointmentEntry[] }): ReactNode {
  return (
    <ol className="history thread">
      {thread.map(({ n, step, at, by, byName, text, startsAt, overridden = [] }) => (
        <li key={n}>
          <span>
            <strong>{byName}</strong> {t(`bookings.did.${step}`)}
          </span>
          <span className="history-meta">
            <Time at={at} as="short" />
            {by === 'user' && ` · ${t('bookings.byUser')}`}
          </span>
          {startsAt && <span>{formatFull(startsAt)}</span>}
          {overridden.length > 0 && (
            <span className="booking-override">
              {t('bookings.overridden', {
                rules: overridden.map((rule) => t(`bookings.rule.${rule}`)).join('; '),
              })}
            </span>
          )}
          {text && <p className="prose">{text}</p>}
        </li>
      ))}
    </ol>
  );
}
