import { useState, type ReactNode } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useVisitDay } from '../api/reception.js';
import type { Me } from '../api/types.js';
import { worksReception } from '../state/roles.js';
import { t } from '../text/text.js';
import { formatDate } from '../text/time.js';
import { Button, IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { Papers } from './papers.js';
import { ScanDialog } from './scan-dialog.js';
import { dayAfter } from './visit-days.js';
import { VisitCard } from './visit-card.js';
import { VisitSearch } from './visit-search.js';

/** The visits of a day (R-C7), and the way to each: scanned, searched or pressed. */
export function ReceptionPage({ me }: { me: Me }): ReactNode {
  const { date: wanted = null } = useParams<{ date?: string }>();
  const [, navigate] = useLocation();
  const [scanning, setScanning] = useState(false);
  const [scanned, setScanned] = useState('');
  const day = useVisitDay(wanted);
  const date = wanted ?? day.data?.date ?? null;
  const open = (id: string): void => navigate(`/reception/visits/${encodeURIComponent(id)}`);
  return (
    <main className="page reception">
      <header className="page-head">
        <div>
          <h1>{t('reception.title')}</h1>
          {date && <Days date={date} isToday={wanted === null} />}
        </div>
        <div className="page-tools reception-tools">
          <Button icon="camera" look="primary" onClick={() => setScanning(true)}>
            {t('reception.scan')}
          </Button>
          {worksReception(me) && (
            <Link to="/reception/unscheduled" className="button button-plain">
              <Icon name="person" />
              {t('reception.unscheduled.open')}
            </Link>
          )}
        </div>
      </header>
      <VisitSearch scanned={scanned} onOpen={open} />
      <section className="reception-day" aria-label={t('reception.list')}>
        {day.error && !day.data ? (
          <Failed error={day.error} onRetry={() => void day.refetch()} />
        ) : !day.data ? (
          <Skeleton rows={4} kind="ticket" />
        ) : day.data.items.length === 0 ? (
          <Empty icon="calendar" title={t('reception.none')} hint={t('reception.noneHint')} />
        ) : (
          <ul className="visits">
            {day.data.items.map((visit) => (
              <li key={visit.id}>
                <VisitCard visit={visit} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {date && <Papers date={date} />}
      {scanning && (
        <ScanDialog
          onClose={() => setScanning(false)}
          onCode={(code) => {
            setScanning(false);
            setScanned(code);
          }}
        />
      )}
    </main>
  );
}

function Days({ date, isToday }: { date: string; isToday: boolean }): ReactNode {
  const [, navigate] = useLocation();
  const go = (days: number) => (): void => navigate(`/reception/days/${dayAfter(date, days)}`);
  return (
    <p className="reception-date">
      <IconButton icon="back" label={t('reception.dayBefore')} onClick={go(-1)} />
      <strong>{formatDate(date)}</strong>
      <IconButton icon="forward" label={t('reception.dayAfter')} onClick={go(1)} />
      {!isToday && (
        <Button small look="quiet" onClick={() => navigate('/reception')}>
          {t('reception.today')}
        </Button>
      )}
    </p>
  );
}
