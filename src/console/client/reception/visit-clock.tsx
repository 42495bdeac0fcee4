import type { ReactNode } from 'react';
import type { VisitClock } from '../api/types/reception.js';
import { useNow } from '../state/now.js';
import { t } from '../text/text.js';
import { formatTime } from '../text/time.js';
import { Icon } from '../ui/icon.js';

/** The last of the minutes, in which the clock turns to haste. */
const SOON = 0.7;

interface ClockProps {
  clock: VisitClock;
  /** consultant: 10 minutes from the call · visit: 1 hour from the identity card's being taken */
  kind: 'consultant' | 'visit';
}

/** "Konsultan 4 dari 10 menit", red once it is late, and at rest once it has stopped. */
export function VisitClockChip({ clock, kind }: ClockProps): ReactNode {
  const now = useNow().getTime();
  const start = Date.parse(clock.startedAt);
  const due = Date.parse(clock.dueAt);
  const end = clock.stoppedAt === null ? now : Date.parse(clock.stoppedAt);
  const minutes = Math.max(0, Math.floor((end - start) / 60_000));
  const late = end > due;
  const soon = end - start > SOON * (due - start);
  const running = clock.stoppedAt === null;
  const tone = late ? 'late' : running && soon ? 'soon' : 'calm';
  const params = { minutes, most: Math.round((due - start) / 60_000) };
  return (
    <span
      className={`due due-${tone} visit-clock`}
      title={t('reception.clock.due', { time: formatTime(clock.dueAt) })}
    >
      <Icon name={late ? 'warning' : running && soon ? 'alarm' : 'clock'} />
      {t(`reception.clock.${kind}`, params)}
      {late && ` · ${t('reception.clock.late')}`}
    </span>
  );
}
