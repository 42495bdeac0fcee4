import type { UseMutationResult } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { fileUrl } from '../api/request.js';
import type { Ticket } from '../api/types.js';
import { FileCard } from '../conversation/file-card.js';
import { t } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Due, Time } from '../ui/time.js';
import { AppointmentSection } from './appointment-section.js';
import { ComplaintSection } from './complaint-section.js';
import { ConsultationSection } from './consultation-section.js';
import { EscalationSection } from './escalation-section.js';
import { HistorySection } from './history-section.js';
import { IdentitySection } from './identity-section.js';
import { PersonSection } from './person-section.js';
import { Fact, Section } from './section.js';
import type { TicketCommand } from './use-ticket-command.js';

interface DetailsPanelProps {
  ticket: Ticket;
  command: UseMutationResult<Ticket, Error, TicketCommand>;
  /** Stands beside the conversation on a wide screen. */
  docked: boolean;
  /** Lies over the conversation on a narrow one. */
  drawer: boolean;
  onCloseDrawer: () => void;
}

export function DetailsPanel({
  ticket,
  command,
  docked,
  drawer,
  onCloseDrawer,
}: DetailsPanelProps): ReactNode {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (drawer) panel.current?.focus();
  }, [drawer]);
  if (!docked && !drawer) return null;
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={`panel ${docked ? 'panel-docked' : ''} ${drawer ? 'panel-drawer' : ''}`}
      aria-label={t('panel.label')}
    >
      {drawer && (
        <div className="panel-close">
          <h2>{t('panel.label')}</h2>
          <IconButton icon="close" label={t('panel.hide')} onClick={onCloseDrawer} />
        </div>
      )}
      <AppointmentSection ticket={ticket} />
      <EscalationSection number={ticket.number} />
      <ComplaintSection ticket={ticket} command={command} />
      {!ticket.anonymous && <IdentitySection ticket={ticket} command={command} />}
      {!ticket.anonymous && <PersonSection ticket={ticket} command={command} />}
      <ConsultationSection ticket={ticket} command={command} />
      {ticket.attachments.length > 0 && (
        <Section title={t('panel.attachments')}>
          <ul className="files">
            {ticket.attachments.map((file) => (
              <li key={file.fileId}>
                <FileCard file={file} small />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <DeadlineSection ticket={ticket} />
      {ticket.status === 'resolved' && <OutcomeSection ticket={ticket} />}
      <HistorySection number={ticket.number} />
    </aside>
  );
}

function DeadlineSection({ ticket }: { ticket: Ticket }): ReactNode {
  const {
    status,
    dueAt,
    receivedAt,
    firstResponseAt,
    resolvedAt,
    closedAt,
    closeReason,
    deadlineExplanation,
  } = ticket;
  const ended = status === 'resolved' || status === 'closed';
  return (
    <Section title={t('panel.deadline')}>
      {!ended && (
        <p className="panel-due">
          <Due at={dueAt} />
        </p>
      )}
      <p className="panel-explain">{deadlineExplanation}</p>
      <dl className="facts">
        <Fact name={t('panel.received')}>
          <Time at={receivedAt} as="short" />
        </Fact>
        {firstResponseAt && (
          <Fact name={t('panel.firstResponse')}>
            <Time at={firstResponseAt} as="short" />
          </Fact>
        )}
        {resolvedAt && (
          <Fact name={t('panel.resolvedAt')}>
            <Time at={resolvedAt} as="short" />
          </Fact>
        )}
        {closedAt && (
          <Fact name={t('panel.closedAt')}>
            <Time at={closedAt} as="short" />
          </Fact>
        )}
        {closeReason && <Fact name={t('panel.reason')}>{closeReason}</Fact>}
      </dl>
    </Section>
  );
}

function OutcomeSection({ ticket: { answer, legalBasis, minutes, rating } }: { ticket: Ticket }): ReactNode {
  return (
    <Section title={t('panel.minutes')}>
      {minutes ? (
        <div className="minutes-card">
          <a href={fileUrl(minutes.fileId, { inline: true })} target="_blank" rel="noopener">
            <Icon name="document" />
            <span>
              {minutes.number}
              {minutes.revision > 1 && (
                <span className="muted"> · {t('panel.revision', { n: minutes.revision })}</span>
              )}
            </span>
          </a>
          <a href={minutes.verificationUrl} target="_blank" rel="noopener" className="minutes-verify">
            <Icon name="external" />
            {t('panel.verify')}
          </a>
        </div>
      ) : (
        <p className="muted">{t('panel.minutesPending')}</p>
      )}
      <dl className="facts facts-stacked">
        {answer && (
          <Fact name={t('panel.answer')}>
            <span className="prose">{answer}</span>
          </Fact>
        )}
        {legalBasis.length > 0 && (
          <Fact name={t('panel.legalBasis')}>
            <ul className="plain-list">
              {legalBasis.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Fact>
        )}
        <Fact name={t('panel.rating')}>
          {rating ? (
            <>
              <span className="stars" aria-hidden="true">
                {'★'.repeat(rating.score)}
                {'☆'.repeat(Math.max(0, 5 - rating.score))}
              </span>{' '}
              {t('panel.ratingScore', { score: rating.score })}
              {rating.comment && <span className="prose"> — {rating.comment}</span>}
            </>
          ) : (
            <span className="muted">{t('panel.ratingNone')}</span>
          )}
        </Fact>
      </dl>
    </Section>
  );
}
