import type { ReactNode } from 'react';
import type { Appointment } from '../api/types/appointments.js';
import { Fact } from '../ticket/section.js';
import { t } from '../text/text.js';
import { BookingSection } from './booking-section.js';

/** R-B6, R-C9: what was written of it; nothing before. */
export function ReportSection({ appointment: { report } }: { appointment: Appointment }): ReactNode {
  if (!report) return null;
  const { answer, legalBasis, recordingUrl } = report;
  return (
    <BookingSection title={t('bookings.report.title')}>
      <p className="prose">{answer}</p>
      <dl className="facts booking-facts">
        {legalBasis.length > 0 && (
          <Fact name={t('panel.legalBasis')}>
            <ul className="plain-list">
              {legalBasis.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Fact>
        )}
        {recordingUrl && (
          <Fact name={t('bookings.recording')}>
            <a href={recordingUrl} target="_blank" rel="noopener noreferrer">
              {recordingUrl}
            </a>
          </Fact>
        )}
      </dl>
    </BookingSection>
  );
}
