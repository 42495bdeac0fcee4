import { useRef, type ReactNode } from 'react';
import { useTickets } from '../api/queries.js';
import type { TicketView } from '../api/types.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { LoadMore } from '../ui/load-more.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { useListKeys } from '../ui/use-list-keys.js';
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
            <LoadMore
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
