import type { ReactNode } from 'react';
import { useHistory } from '../api/queries.js';
import { t, tKnown } from '../text/text.js';
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
          {[...data].reverse().map(({ id, at, name, who }) => (
            <li key={id}>
              <span>{tKnown('history', name)}</span>
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
