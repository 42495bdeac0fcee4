import type { ReactNode } from 'react';
import { useHistory } from '../api/queries.js';
import type { HistoryEntry } from '../api/types.js';
import { t, tKnown, tMaybe } from '../text/text.js';
import { formatShort } from '../text/time.js';
import { Failed, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { Section } from './section.js';

/** Who did what, newest first. */
export function HistorySection({ number }: { number: string }): ReactNode {
  const { data, error, refetch } = useHistory(number);
  return (
    <Section title={t('panel.history')}>
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : (
        <ol className="history">
          {[...data].reverse().map(({ id, at, name, who, facts }) => (
            <li key={id}>
              <span>{tKnown('history', name)}</span>
              {name === 'due-moved' && <span>{describeMove(facts)}</span>}
              <span className="history-meta">
                <Time at={at} as="short" />
                {who && ` · ${who}`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

/** "4 Mar 2026 17.00 → 5 Mar 2026 17.00 (hari libur berubah)". */
function describeMove({ from, to, reason }: HistoryEntry['facts']): string {
  const why = tMaybe(`dueChange.${String(reason)}`) ?? String(reason);
  return `${formatShort(String(from))} → ${formatShort(String(to))} (${why})`;
}
