import type { ReactNode } from 'react';
import { useLocation, useParams } from 'wouter';
import { useVisit } from '../api/reception.js';
import { ApiError } from '../api/request.js';
import type { Visit } from '../api/types/reception.js';
import { useShortcuts } from '../state/shortcuts.js';
import { t } from '../text/text.js';
import { formatDate, formatTime } from '../text/time.js';
import { Button, IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { VisitClockChip } from './visit-clock.js';
import { VisitState } from './visit-state.js';
import { VisitSteps } from './visit-steps.js';

/** One visit, from the identity card's being taken to its return (R-C8). */
export function VisitPage(): ReactNode {
  const { id } = useParams<{ id: string }>();
  const [, navigate] = useLocation();
  const visit = useVisit(id);
  const back = (): void => navigate('/reception');
  useShortcuts({ Escape: back });
  if (visit.data) return <OpenVisit key={id} visit={visit.data} onBack={back} />;
  const { error } = visit;
  return (
    <main className="page reception">
      <h1 className="visually-hidden">{t('reception.visit')}</h1>
      {error instanceof ApiError && error.status === 404 ? (
        <Empty icon="search" title={t('reception.notFound')} hint={error.message}>
          <Button onClick={back}>{t('reception.back')}</Button>
        </Empty>
      ) : error ? (
        <Failed error={error} onRetry={() => void visit.refetch()} />
      ) : (
        <Skeleton rows={6} />
      )}
    </main>
  );
}

function OpenVisit({ visit, onBack }: { visit: Visit; onBack: () => void }): ReactNode {
  const { who, agreed, ticketNumber, consultantClock, visitClock } = visit;
  const place = [who.agency, who.regionName].filter(Boolean).join(' · ');
  return (
    <main className="page reception">
      <header className="visit-head">
        <IconButton icon="back" label={t('reception.back')} onClick={onBack} />
        <div>
          <h1>{place}</h1>
          <p className="visit-line">
            <span>{ticketNumber}</span>
            <VisitState visit={visit} />
            {agreed && (
              <span className="with-icon">
                <Icon name="calendar" />
                {formatDate(agreed.startsAt)}, {formatTime(agreed.startsAt)}–{formatTime(agreed.endsAt)} WIB
              </span>
            )}
          </p>
          {(consultantClock ?? visitClock) && (
            <p className="visit-line" aria-label={t('reception.clocks')} role="group">
              {consultantClock && <VisitClockChip clock={consultantClock} kind="consultant" />}
              {visitClock && <VisitClockChip clock={visitClock} kind="visit" />}
            </p>
          )}
        </div>
      </header>
      <dl className="visit-facts">
        <Fact title={t('reception.fact.purpose')} text={visit.purpose} />
        <Fact title={t('reception.fact.asker')} text={who.name} />
        <Fact title={t('reception.fact.consultant')} text={visit.consultant ?? t('reception.noConsultant')} />
        <Fact title={t('reception.fact.unit')} text={visit.unit.name} />
        <Fact title={t('reception.fact.room')} text={agreed?.room.name ?? t('common.none')} />
      </dl>
      <VisitSteps visit={visit} />
    </main>
  );
}

function Fact({ title, text }: { title: string; text: string }): ReactNode {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{text}</dd>
    </div>
  );
}
