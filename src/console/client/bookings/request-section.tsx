import type { ReactNode } from 'react';
import { appointmentFiles } from '../api/appointments.js';
import { useTopics } from '../api/queries.js';
import type { Appointment } from '../api/types/appointments.js';
import { FileCard } from '../conversation/file-card.js';
import { Fact } from '../ticket/section.js';
import { language, t, tKnown } from '../text/text.js';
import { formatDate } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Time } from '../ui/time.js';
import type { BookingDialogName } from './booking-dialog-props.js';
import { BookingSection } from './booking-section.js';

interface RequestSectionProps {
  appointment: Appointment;
  onOpen: (dialog: BookingDialogName) => void;
}

/** Who asks, what for, and the request letter with its facts (R-B1, R-C1). */
export function RequestSection({ appointment, onOpen }: RequestSectionProps): ReactNode {
  const { who, contact, purpose, topicCode, requestedAt } = appointment;
  const { data: topics } = useTopics();
  const topic = topics?.find(({ code }) => code === topicCode)?.name[language()] ?? topicCode;
  return (
    <>
      <BookingSection title={t('bookings.request')}>
        <dl className="facts booking-facts">
          <Fact name={t('panel.name')}>{who.name}</Fact>
          {contact?.position && <Fact name={t('panel.position')}>{contact.position}</Fact>}
          <Fact name={t('panel.agency')}>{who.agency}</Fact>
          {who.regionName && <Fact name={t('panel.region')}>{who.regionName}</Fact>}
          {contact?.email && <Fact name={t('panel.email')}>{contact.email}</Fact>}
          {contact?.phone && <Fact name={t('panel.phone')}>{contact.phone}</Fact>}
          <Fact name={t('panel.topic')}>{topic}</Fact>
          <Fact name={t('panel.received')}>
            <Time at={requestedAt} as="short" />
          </Fact>
        </dl>
        <p className="prose panel-question">{purpose}</p>
      </BookingSection>
      <Letter appointment={appointment} onOpen={onOpen} />
    </>
  );
}

function Letter({ appointment: { id, letter, allowed }, onOpen }: RequestSectionProps): ReactNode {
  return (
    <BookingSection
      title={t('bookings.letter')}
      tools={
        allowed.includes('letter') && (
          <Button small icon="clip" onClick={() => onOpen('letter')}>
            {letter ? t('bookings.letterReplace') : t('bookings.letterAdd')}
          </Button>
        )
      }
    >
      {letter ? (
        <>
          <FileCard file={letter.file} small from={appointmentFiles(id)} />
          <dl className="facts booking-facts">
            <Fact name={t('bookings.letterNumber')}>{letter.number}</Fact>
            <Fact name={t('bookings.letterDate')}>{formatDate(letter.date)}</Fact>
            <Fact name={t('bookings.letterSender')}>{letter.sender}</Fact>
            <Fact name={t('bookings.letterTo')}>{letter.addressee}</Fact>
            <Fact name={t('panel.received')}>
              <Time at={letter.receivedAt} as="short" /> · {tKnown('channel', letter.via)}
            </Fact>
          </dl>
        </>
      ) : (
        <p className="muted">{t('bookings.noLetter')}</p>
      )}
    </BookingSection>
  );
}
