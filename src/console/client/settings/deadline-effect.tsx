import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { request } from '../api/request.js';
import type { OfficeHours } from '../api/types.js';
import { t } from '../text/text.js';
import { formatShort } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Failed } from '../ui/states.js';
import type { Clocks } from './clock-names.js';

/** What is about to be saved, as the API takes it. */
interface RulesDraft {
  addDay?: string;
  removeDay?: string;
  hours?: OfficeHours;
  clocks?: Clocks;
}

interface Effect {
  affected: number;
  later: number;
  items: { number: string; from: string; to: string }[];
  next: string | null;
}

/** "23 tiket terbuka mendapat tanggal baru", with the old and the new date of each: before it is saved. */
export function DeadlineEffect({ draft }: { draft: RulesDraft }): ReactNode {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['deadline-effect', draft],
    queryFn: ({ pageParam, signal }) =>
      request<Effect>('/deadlines/preview', {
        method: 'POST',
        body: { ...draft, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const [first] = data?.pages ?? [];
  if (error && !first) return <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <section className="effect" aria-live="polite">
      <p>
        {!first
          ? t('effect.counting')
          : first.affected === 0
            ? t('effect.none')
            : t('effect.affected', { count: first.affected })}
        {first && first.later > 0 && ` ${t('effect.later', { count: first.later })}`}
      </p>
      {first && first.affected > 0 && (
        <details>
          <summary>{t('effect.show')}</summary>
          <ul>
            {data?.pages
              .flatMap(({ items }) => items)
              .map(({ number, from, to }) => (
                <li key={number}>
                  {t('effect.line', { number, from: formatShort(from), to: formatShort(to) })}
                </li>
              ))}
          </ul>
          {hasNextPage && (
            <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('common.loadMore')}
            </Button>
          )}
        </details>
      )}
    </section>
  );
}
