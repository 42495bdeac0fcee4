import type { ReactNode } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import type { Me } from '../api/types.js';
import { t } from '../text/text.js';
import { Empty } from '../ui/states.js';
import { BookingList } from './booking-list.js';
import { BookingPane } from './booking-pane.js';
import { BOOKING_VIEWS, type BookingView } from './booking-views.js';

/** Jadwal: left the bookings of a view, right the open one. The address says both, and the search. */
export function BookingsPage({ me }: { me: Me }): ReactNode {
  const { view: wanted, id } = useParams<{ view?: string; id?: string }>();
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const query = params.get('q') ?? '';
  const view = BOOKING_VIEWS.find((known) => known === wanted) ?? 'planning';

  const address = (to: { view?: BookingView; id?: string; query?: string }): string => {
    const path = `/bookings/${to.view ?? view}${to.id ? `/${encodeURIComponent(to.id)}` : ''}`;
    const words = to.query ?? query;
    return words ? `${path}?q=${encodeURIComponent(words)}` : path;
  };
  return (
    <main className={id ? 'inbox inbox-open bookings' : 'inbox bookings'}>
      <h1 className="visually-hidden">{t('nav.schedule')}</h1>
      <BookingList
        view={view}
        query={query}
        current={id}
        hrefOf={(next) => address({ id: next })}
        onView={(next) => navigate(address({ view: next }))}
        onSearch={(words) => navigate(address({ query: words, ...(id ? { id } : {}) }), { replace: true })}
      />
      {id ? (
        <BookingPane key={id} id={id} me={me} onBack={() => navigate(address({}))} />
      ) : (
        <section className="pane pane-empty" aria-label={t('bookings.one')}>
          <Empty icon="calendar" title={t('bookings.pick')} hint={t('desk.pickHint')} />
        </section>
      )}
    </main>
  );
}
