import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useTickets } from '../api/queries.js';
import type { TicketView } from '../api/types.js';
import { useShortcuts } from '../state/shortcuts.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { useOnScreen } from '../ui/use-on-screen.js';
import { SearchBox } from './search-box.js';
import { TicketRow } from './ticket-row.js';

interface TicketListProps {
  view: TicketView;
  query: string;
  current: string | undefined;
  hrefOf: (number: string) => string;
  onSearch: (query: string) => void;
}

export function TicketList({ view, query, current, hrefOf, onSearch }: TicketListProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const searching = query !== '';
  const tickets = useTickets(searching ? 'all' : view, query);
  const items = tickets.data?.pages.flatMap(({ items: page }) => page) ?? [];
  useListKeys(list, current);

  return (
    <section className="list" aria-label={t('list.label')}>
      <header className="list-head">
        <h2>{t(`view.${view}`)}</h2>
        <SearchBox query={query} onSearch={onSearch} />
        {searching && <p className="list-note">{t('list.searchAll')}</p>}
      </header>
      <div className="list-scroll" data-scroller>
        {tickets.error && items.length === 0 ? (
          <Failed error={tickets.error} onRetry={() => void tickets.refetch()} />
        ) : tickets.isPending ? (
          <Skeleton rows={7} kind="ticket" />
        ) : items.length === 0 ? (
          <Nothing view={view} query={query} onClear={() => onSearch('')} />
        ) : (
          <>
            <ul className="rows" ref={list}>
              {items.map((ticket) => (
                <li key={ticket.number}>
                  <TicketRow
                    ticket={ticket}
                    href={hrefOf(ticket.number)}
                    current={ticket.number === current}
                  />
                </li>
              ))}
            </ul>
            <More
              hasMore={tickets.hasNextPage}
              loading={tickets.isFetchingNextPage}
              onMore={() => void tickets.fetchNextPage()}
            />
          </>
        )}
      </div>
    </section>
  );
}

/** Fetches the next page when the end of the list comes near; a button for those who tab there. */
function More({
  hasMore,
  loading,
  onMore,
}: {
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}): ReactNode {
  const end = useRef<HTMLDivElement>(null);
  useOnScreen(end, () => {
    if (hasMore && !loading) onMore();
  });
  return (
    <div ref={end} className="list-end">
      {hasMore ? (
        <Button look="quiet" small busy={loading} onClick={onMore}>
          {t('common.loadMore')}
        </Button>
      ) : (
        <span>{t('list.end')}</span>
      )}
    </div>
  );
}

function Nothing({
  view,
  query,
  onClear,
}: {
  view: TicketView;
  query: string;
  onClear: () => void;
}): ReactNode {
  if (query) {
    return (
      <Empty icon="search" title={t('empty.search', { query })} hint={t('empty.searchHint')}>
        <Button onClick={onClear}>{t('empty.clearSearch')}</Button>
      </Empty>
    );
  }
  return (
    <Empty
      icon={view === 'overdue' ? 'checkCircle' : 'inbox'}
      title={t(`empty.${view}`)}
      hint={t(`empty.${view}Hint`)}
    />
  );
}

/** J and K (or the arrows) move the focus through the list; Enter follows the link as everywhere. */
function useListKeys(list: RefObject<HTMLUListElement | null>, current: string | undefined): void {
  const rows = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('.row') ?? [])];
  const step = (by: 1 | -1): void => {
    const all = rows();
    const focused = all.findIndex((row) => row === document.activeElement);
    const from = focused >= 0 ? focused : all.findIndex((row) => row.dataset.number === current);
    const next = from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + by));
    all[next]?.focus();
  };
  const arrow = (by: 1 | -1): void => {
    // In the conversation the arrows scroll.
    if (list.current?.contains(document.activeElement) || document.activeElement === document.body) step(by);
  };
  useShortcuts({ j: () => step(1), k: () => step(-1) });
  useEffect(() => {
    const element = list.current;
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      arrow(event.key === 'ArrowDown' ? 1 : -1);
    };
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  });
}
