import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { VisitSummary } from '../api/types/reception.js';
import { t } from '../text/text.js';
import { formatShortDay, formatTime } from '../text/time.js';
import { Icon } from '../ui/icon.js';
import { VisitClockChip } from './visit-clock.js';
import { VisitState } from './visit-state.js';

/** One visit of a list: when, who, how far it is, and what runs late. */
export function VisitCard({ visit, withDay = false }: { visit: VisitSummary; withDay?: boolean }): ReactNode {
  const { id, agreed, who, guests, guestCard, consultantClock, visitClock } = visit;
  return (
    <Link to={`/reception/visits/${encodeURIComponent(id)}`} className="visit-card">
      <span className="visit-time">
        {agreed && withDay && <span className="visit-day">{formatShortDay(agreed.startsAt)}</span>}
        {agreed ? (
          <>
            {formatTime(agreed.startsAt)}
            <span className="visit-until">– {formatTime(agreed.endsAt)} WIB</span>
          </>
        ) : (
          t('common.none')
        )}
      </span>
      <span className="visit-who">
        <strong>{who.agency}</strong>
        <span>{guests.length > 0 ? guests.join(', ') : who.name}</span>
        <span className="muted">
          {[agreed?.room.name, visit.consultant ?? visit.unit.name].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="visit-how">
        <VisitState visit={visit} />
        {guestCard && visitClock?.stoppedAt === null && (
          <span className="with-icon">
            <Icon name="tag" />
            {t('reception.cards', { cards: guestCard })}
          </span>
        )}
        {consultantClock?.stoppedAt === null && <VisitClockChip clock={consultantClock} kind="consultant" />}
        {visitClock?.stoppedAt === null && <VisitClockChip clock={visitClock} kind="visit" />}
      </span>
    </Link>
  );
}
