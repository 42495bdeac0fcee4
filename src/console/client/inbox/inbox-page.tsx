import { useEffect, type ReactNode } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import type { Me, TicketView } from '../api/types.js';
import { TicketPane } from '../ticket/ticket-pane.js';
import { t } from '../text/text.js';
import { Empty } from '../ui/states.js';
import { TicketList } from './ticket-list.js';

const VIEWS: readonly TicketView[] = [
  ...(['unassigned', 'mine', 'open', 'overdue', 'complaints', 'suggestions'] as const),
  ...(['waiting-unit'] as const),
  ...(['resolved', 'closed', 'all'] as const),
];

/** Left the tickets of a view, right the open one. The address says both, so that links and the back button work. */
export function InboxPage({ me }: { me: Me }): ReactNode {
  const { view: wanted, number } = useParams<{ view?: string; number?: string }>();
  const [params] = useSearchParams();
  const [location, navigate] = useLocation();
  const query = params.get('q') ?? '';
  const view =
    VIEWS.find((known) => known === wanted) ?? (location.startsWith('/tickets/') ? 'all' : 'unassigned');

  const listAddress = (to: string): string =>
    `/inbox/${view}${to}${query ? `?q=${encodeURIComponent(query)}` : ''}`;
  const hrefOf = (ticket: string): string => listAddress(`/${encodeURIComponent(ticket)}`);
  const toList = (): void => navigate(listAddress(''));

  useEffect(() => {
    if (location.startsWith('/tickets/') && number) navigate(`/inbox/all/${number}`, { replace: true });
  }, [location, number, navigate]);

  return (
    <main className={number ? 'inbox inbox-open' : 'inbox'}>
      <h1 className="visually-hidden">{t('nav.inbox')}</h1>
      <TicketList
        view={view}
        query={query}
        current={number}
        hrefOf={hrefOf}
        onSearch={(next) =>
          navigate(
            `/inbox/${view}${number ? `/${number}` : ''}${next ? `?q=${encodeURIComponent(next)}` : ''}`,
            {
              replace: true,
            },
          )
        }
      />
      {number ? (
        <TicketPane key={number} number={number} me={me} onBack={toList} />
      ) : (
        <section className="pane pane-empty" aria-label={t('conversation.details')}>
          <Empty icon="chat" title={t('empty.pick')} hint={t('empty.pickHint')} />
        </section>
      )}
    </main>
  );
}
