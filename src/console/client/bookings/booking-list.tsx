import { useRef, type ReactNode } from 'react';
import { useAppointments } from '../api/appointments.js';
import { SearchBox } from '../inbox/search-box.js';
import { t } from '../text/text.js';
import { Field } from '../ui/field.js';
import { LoadMore } from '../ui/load-more.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { useListKeys } from '../ui/use-list-keys.js';
import { BookingRow } from './booking-row.js';
import { BOOKING_VIEWS, type BookingView } from './booking-views.js';

interface BookingListProps {
  view: BookingView;
  query: string;
  current: string | undefined;
  hrefOf: (id: string) => string;
  onView: (view: BookingView) => void;
  onSearch: (query: string) => void;
}

export function BookingList({ view, query, current, ...to }: BookingListProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const found = useAppointments(view, query);
  const items = found.data?.pages.flatMap(({ items: page }) => page) ?? [];
  useListKeys(list, current);
  return (
    <section className="list" aria-label={t('bookings.list')}>
      <header className="list-head">
        <h2>{t('nav.schedule')}</h2>
        <SearchBox query={query} onSearch={to.onSearch} />
        <Field label={t('bookings.views')}>
          {(input) => (
            <select
              {...input}
              value={view}
              onChange={({ target }) =>
                to.onView(BOOKING_VIEWS.find((known) => known === target.value) ?? view)
              }
            >
              {BOOKING_VIEWS.map((name) => (
                <option key={name} value={name}>
                  {t(`bookings.view.${name}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </header>
      <div className="list-scroll" data-scroller>
        {found.error && items.length === 0 ? (
          <Failed error={found.error} onRetry={() => void found.refetch()} />
        ) : found.isPending ? (
          <Skeleton rows={7} kind="ticket" />
        ) : items.length === 0 ? (
          <Empty
            icon="calendar"
            title={query ? t('bookings.notFound') : t(`bookings.empty.${view}`)}
            hint={t('bookings.emptyHint')}
          />
        ) : (
          <>
            <ul className="rows" ref={list}>
              {items.map((appointment) => (
                <li key={appointment.id}>
                  <BookingRow
                    appointment={appointment}
                    href={to.hrefOf(appointment.id)}
                    current={appointment.id === current}
                  />
                </li>
              ))}
            </ul>
            <LoadMore
              hasMore={found.hasNextPage}
              loading={found.isFetchingNextPage}
              onMore={() => void found.fetchNextPage()}
            />
          </>
        )}
      </div>
    </section>
  );
}
