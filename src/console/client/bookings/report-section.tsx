import type { ReactNode } from 'react';
import { appointmentMinutes } from '../api/appointments.js';
import { apiUrl } from '../api/request.js';
import type { Appointment } from '../api/types/appointments.js';
import { Fact } from '../ticket/section.js';
import { t } from '../text/text.js';
import { Icon } from '../ui/icon.js';
import { BookingSection } from './booking-section.js';

/** R-B6, R-C9: what was written of it; nothing before. */
export function ReportSection({ appointment: { id, report } }: { appointment: Appointment }): ReactNode {
  if (!report) return null;
  const { answer, legalBasis, recordingUrl } = report;
  return (
    <BookingSection title={t('bookings.report.title')} tools={<PrintMinutes id={id} />}>
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

/** R-C8: in two copies, to be signed by both. */
function PrintMinutes({ id }: { id: string }): ReactNode {
  return (
    <a
      className="button button-plain button-small"
      href={apiUrl(appointmentMinutes(id))}
      target="_blank"
      rel="noreferrer"
    >
      <Icon name="document" />
      {t('bookings.report.print')}
    </a>
  );
}
