import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '../api/types.js';
import { t } from '../text/text.js';
import { Button } from './button.js';
import { Failed, Skeleton } from './states.js';
import { Table, type Column } from './table.js';

interface Common<Item> {
  label: string;
  columns: readonly Column<Item>[];
  keyOf: (item: Item) => string;
  /** Shown instead of a table without rows. */
  empty: ReactNode;
}

/** A short list with its loading, failed and empty faces. */
export function ListTable<Item>({
  query,
  empty,
  ...table
}: Common<Item> & { query: Pick<UseQueryResult<Item[]>, 'data' | 'error' | 'refetch'> }): ReactNode {
  const { data, error, refetch } = query;
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} />;
  return data.length === 0 ? empty : <Table {...table} items={data} />;
}

/** A long list in pages. */
export function PagedTable<Item>({
  query,
  empty,
  ...table
}: Common<Item> & { query: UseInfiniteQueryResult<InfiniteData<Page<Item>>> }): ReactNode {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} />;
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <>
      <Table {...table} items={items} />
      {hasNextPage && (
        <div className="list-end">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.loadMore')}
          </Button>
        </div>
      )}
    </>
  );
}
