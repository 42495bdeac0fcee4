import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useAppointment } from '../api/appointments.js';
import { ApiError } from '../api/request.js';
import type { Me } from '../api/types.js';
import type { Appointment } from '../api/types/appointments.js';
import { seesTickets } from '../state/roles.js';
import { useShortcuts } from '../state/shortcuts.js';
import { t } from '../text/text.js';
import { formatDate } from '../text/time.js';
import { Button, IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { Due } from '../ui/time.js';
import type { BookingDialogName } from './booking-dialog-props.js';
import { BookingDialog } from './booking-dialog.js';
import { BookingSection } from './booking-section.js';
import { BookingState } from './booking-state.js';
import { BookingThread } from './booking-thread.js';
import { ExecutionSection } from './execution-section.js';
import { ReportSection } from './report-section.js';
import { RequestSection } from './request-section.js';
import { TimeSection } from './time-section.js';

interface BookingPaneProps {
  id: string;
  me: Me;
  onBack: () => void;
}

/** One booking: how it stands, its time, who holds it, what was asked, and everything that happened. */
export function BookingPane({ id, me, onBack }: BookingPaneProps): ReactNode {
  const { data, error, refetch } = useAppointment(id);
  useShortcuts({
    Escape: () => {
      onBack();
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-number="${id}"]`)?.focus());
    },
  });
  if (data) return <OpenBooking appointment={data} me={me} onBack={onBack} />;
  return (
    <section className="pane pane-empty" aria-label={t('bookings.one')}>
      {error instanceof ApiError && (error.status === 404 || error.status === 403) ? (
        <Empty icon="search" title={t('bookings.cannotOpen')} hint={error.message}>
          <Button onClick={onBack}>{t('conversation.backToList')}</Button>
        </Empty>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={5} kind="bubble" />
      )}
    </section>
  );
}

function OpenBooking({
  appointment,
  me,
  onBack,
}: Omit<BookingPaneProps, 'id'> & { appointment: Appointment }): ReactNode {
  const [dialog, setDialog] = useState<BookingDialogName | null>(null);
  const { allowed, thread } = appointment;
  const shared = { appointment, onOpen: setDialog };
  return (
    <section className="pane" aria-label={t('bookings.of', { number: appointment.ticketNumber })}>
      <Head appointment={appointment} me={me} onBack={onBack} />
      <div className="booking-body" data-scroller tabIndex={0}>
        <Notices appointment={appointment} />
        <TimeSection {...shared} />
        <ExecutionSection {...shared} />
        <ReportSection appointment={appointment} />
        <RequestSection {...shared} />
        <BookingSection title={t('bookings.thread')}>
          <BookingThread thread={thread} />
        </BookingSection>
        {(allowed.includes('cancel') || allowed.includes('decline')) && (
          <div className="booking-end">
            {allowed.includes('cancel') && (
              <Button small look="quiet" icon="close" onClick={() => setDialog('cancel')}>
                {t('bookings.cancel')}
              </Button>
            )}
            {allowed.includes('decline') && (
              <Button small look="quiet" icon="archive" onClick={() => setDialog('decline')}>
                {t('bookings.decline')}
              </Button>
            )}
          </div>
        )}
      </div>
      {dialog && (
        <BookingDialog name={dialog} appointment={appointment} me={me} onClose={() => setDialog(null)} />
      )}
    </section>
  );
}

function Head({
  appointment,
  me,
  onBack,
}: Omit<BookingPaneProps, 'id'> & { appointment: Appointment }): ReactNode {
  const { who, kind, state, ticketNumber, planBy } = appointment;
  return (
    <header className="ticket-head">
      <IconButton className="only-narrow" icon="back" label={t('conversation.backToList')} onClick={onBack} />
      <h2>{who.name}</h2>
      <p className="ticket-line">
        {seesTickets(me) ? (
          <Link className="ticket-number" to={`/inbox/all/${ticketNumber}`}>
            {ticketNumber}
          </Link>
        ) : (
          <span className="ticket-number">{ticketNumber}</span>
        )}
        <BookingState state={state} />
        <span>{t(`kind.${kind}`)}</span>
        {planBy && <Due at={planBy} />}
      </p>
    </header>
  );
}

function Notices({ appointment }: { appointment: Appointment }): ReactNode {
  const { displaced, hindered, planningLate, state, trial, waiting } = appointment;
  const lines = [
    ...(displaced && state === 'planning' ? [t('bookings.notice.displaced')] : []),
    ...(hindered ? [t('bookings.notice.hindered', { hindrance: trial?.hindrance ?? '' })] : []),
    ...(planningLate ? [t('bookings.notice.late')] : []),
    ...(state === 'awaiting-letter' ? [t('bookings.notice.letter')] : []),
  ];
  return (
    <>
      {lines.map((line) => (
        <p key={line} className="notice notice-bad">
          <Icon name="warning" />
          {line}
        </p>
      ))}
      {waiting && (
        <p className="notice">
          <Icon name="clock" />
          {t('bookings.notice.waiting', { from: formatDate(waiting.from), to: formatDate(waiting.to) })}
        </p>
      )}
    </>
  );
}
