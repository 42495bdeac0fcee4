import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { ClosedSession, Room } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { formatDate, formatTime } from '../text/time.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Card } from '../ui/page.js';
import { useChange } from '../ui/use-change.js';

interface ClosingListProps {
  closed: readonly ClosedSession[];
  rooms: readonly Room[];
  mayReopen: boolean;
}

/** What is closed within the days that are shown; nothing where nothing is. */
export function ClosingList({ closed, rooms, mayReopen }: ClosingListProps): ReactNode {
  const [asked, setAsked] = useState<ClosedSession | null>(null);
  const reopen = useChange<unknown, ClosedSession>({
    run: ({ id }) => request(`/closed-sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    refresh: ['booking-calendar', 'free-sessions'],
    said: () => t('bookings.closing.reopened'),
    onDone: () => setAsked(null),
  });
  if (closed.length === 0) return null;
  const roomName = (code: string | null): string =>
    code === null ? t('bookings.allRooms') : (rooms.find((room) => room.code === code)?.name ?? code);
  return (
    <Card title={t('bookings.closing.title')}>
      <ul className="closings">
        {closed.map((closing) => (
          <li key={closing.id}>
            <span>
              <strong>{formatDate(closing.date)}</strong> {formatTime(closing.startsAt)}–
              {formatTime(closing.endsAt)} · {roomName(closing.room)}
              <span className="cell-note">
                {closing.reason} · {t('common.by', { name: closing.byName })}
              </span>
            </span>
            {mayReopen && (
              <Button small onClick={() => setAsked(closing)}>
                {t('bookings.closing.reopen')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <ConfirmDialog
          title={t('bookings.closing.reopen')}
          text={t('bookings.closing.reopenText', { date: formatDate(asked.date) })}
          action={t('bookings.closing.reopen')}
          busy={reopen.isPending}
          onConfirm={() => reopen.mutate(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </Card>
  );
}
