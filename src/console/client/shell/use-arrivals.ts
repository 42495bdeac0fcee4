import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useCounts } from '../api/queries.js';
import { request } from '../api/request.js';
import type { Page, TicketSummary } from '../api/types.js';
import { preferences } from '../state/preferences.js';
import { formatCount } from '../text/format.js';
import { t } from '../text/text.js';
import { findArrivals } from './find-arrivals.js';
import { ring } from './ring.js';

/** Watches for new tickets: number in the title, and a tone or a notification for those who want it. */
export function useArrivals(enabled: boolean): void {
  const { data: counts } = useCounts(enabled);
  const waiting = useQuery({
    queryKey: ['tickets', 'waiting'],
    enabled,
    queryFn: ({ signal }) => request<Page<TicketSummary>>('/tickets?view=unassigned&limit=25', { signal }),
  });
  const known = useRef<ReadonlySet<string> | null>(null);

  useEffect(() => {
    const count = counts?.unassigned ?? 0;
    document.title = count > 0 ? `(${formatCount(count)}) Dering` : 'Dering';
  }, [counts?.unassigned]);

  useEffect(() => {
    if (!waiting.data) return;
    const { arrived, seen } = findArrivals(known.current, waiting.data.items);
    known.current = seen;
    if (arrived.length > 0) announce(arrived);
  }, [waiting.data]);
}

function announce(arrived: readonly TicketSummary[]): void {
  const { sound, desktop } = preferences.get();
  if (sound) void ring();
  if (!desktop || !document.hidden || !('Notification' in window) || Notification.permission !== 'granted')
    return;
  for (const { number, topic } of arrived.slice(0, 3)) {
    // Topic only: what appears on a locked screen must not carry personal data.
    const notice = new Notification(t('notify.newTicket', { number }), { body: topic.name, tag: number });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  }
}
