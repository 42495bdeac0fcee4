import type { ReactNode } from 'react';
import { useNow } from '../state/now.js';
import { describeDue, formatAgo, formatFull, formatListTime, formatShort, formatTime } from '../text/time.js';
import { t } from '../text/text.js';
import { Icon } from './icon.js';

interface TimeProps {
  at: string;
  /** clock: "17.00" · list: "17.00", "Kemarin", "5 Mar" · ago: "5 menit lalu" · short: "5 Mar 2026 17.00" · full */
  as: 'clock' | 'list' | 'ago' | 'short' | 'full';
}

/** A time in WIB; the full date shows on hover. */
export function Time({ at, as }: TimeProps): ReactNode {
  const now = useNow();
  const text = {
    clock: () => formatTime(at),
    list: () => formatListTime(at, now),
    ago: () => formatAgo(at, now),
    short: () => formatShort(at),
    full: () => formatFull(at),
  }[as]();
  return (
    <time dateTime={at} title={formatFull(at)}>
      {text}
    </time>
  );
}

/** A deadline in words, with a colour and a sign of its own for each degree of haste. */
export function Due({ at }: { at: string }): ReactNode {
  const { text, tone } = describeDue(at, useNow());
  return (
    <time className={`due due-${tone}`} dateTime={at} title={t('due.title', { date: formatFull(at) })}>
      <Icon name={tone === 'late' ? 'warning' : tone === 'soon' ? 'alarm' : 'clock'} />
      {text}
    </time>
  );
}
