import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useBookingCalendar } from '../api/appointments.js';
import { useList } from '../api/queries.js';
import type { Me } from '../api/types.js';
import type { CalendarEntry, Room } from '../api/types/appointments.js';
import { plansBookings } from '../state/roles.js';
import { currentTime } from '../state/now.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Page } from '../ui/page.js';
import { Failed, Skeleton } from '../ui/states.js';
import { CalendarBar } from './calendar-bar.js';
import type { GridView } from './calendar-dates.js';
import { gridEvents, type CalendarFilter } from './calendar-events.js';
import { ClosingDialog } from './closing-dialog.js';
import { ClosingList } from './closing-list.js';
import { MoveDialog, type Move } from './move-dialog.js';
import { inputsOf } from './wib-input.js';

const CalendarGrid = lazy(async () => ({ default: (await import('./calendar-grid.js')).CalendarGrid }));

const VIEWS: readonly GridView[] = ['timeGridDay', 'timeGridWeek', 'dayGridMonth'];

/** Rooms, sessions and consultants by day, week and month; a booking is moved by dragging it. */
export function CalendarPage({ me }: { me: Me }): ReactNode {
  const [, navigate] = useLocation();
  const place = usePlace();
  const [[from, to], setRange] = useState(['', '']);
  const [filter, setFilter] = useState<CalendarFilter>({ room: '', consultant: '' });
  const [closing, setClosing] = useState(false);
  const [move, setMove] = useState<Move | null>(null);
  const { data: rooms = [] } = useList<Room>('rooms');
  const { data, error, refetch } = useBookingCalendar(from, to);
  const plans = plansBookings(me);
  const events = useMemo(() => (data ? gridEvents(data, filter, plans) : []), [data, filter, plans]);
  const onDrop = (id: string, startsAt: string, putBack: () => void): void => {
    const entry = data?.entries.find((known) => known.id === id && !known.held);
    if (entry) setMove({ entry, startsAt, putBack });
    else putBack();
  };

  return (
    <Page
      title={t('nav.calendar')}
      intro={plans ? t('bookings.calendar.intro') : t('bookings.calendar.introUnit')}
      tools={
        plans && (
          <Button icon="close" onClick={() => setClosing(true)}>
            {t('bookings.closing.add')}
          </Button>
        )
      }
    >
      <CalendarBar
        {...{ ...place, from, to, rooms, filter }}
        consultants={consultantsOf(data?.entries ?? [])}
        onFilter={setFilter}
      />
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <Suspense fallback={<Skeleton rows={8} />}>
        <CalendarGrid
          view={place.view}
          date={place.date}
          events={events}
          onRange={(first, last) => setRange([first, last])}
          onOpen={(id) => navigate(`/bookings/scheduled/${encodeURIComponent(id)}`)}
          onDrop={onDrop}
        />
      </Suspense>
      {plans && <p className="field-hint">{t('bookings.calendar.keyboard')}</p>}
      <ClosingList closed={data?.closed ?? []} rooms={rooms} mayReopen={plans} />
      {closing && <ClosingDialog date={place.date} rooms={rooms} onClose={() => setClosing(false)} />}
      {move && <MoveDialog move={move} me={me} onClose={() => setMove(null)} />}
    </Page>
  );
}

/** Which days are shown, kept in the address: "back" from a booking leads here again. */
function usePlace() {
  const [params, setParams] = useSearchParams();
  const wide = matchMedia('(width >= 48rem)').matches;
  const view = VIEWS.find((known) => known === params.get('view')) ?? (wide ? 'timeGridWeek' : 'timeGridDay');
  const asked = params.get('date') ?? '';
  const date = /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : inputsOf(currentTime().toISOString()).date;
  const onPlace = (next: { view?: GridView; date?: string }): void =>
    setParams({ view, date, ...next }, { replace: true });
  return { view, date, onPlace };
}

function consultantsOf(entries: readonly CalendarEntry[]): { id: string; name: string }[] {
  const known = new Map(
    entries.flatMap(({ consultant }) => (consultant ? [[consultant.id, consultant]] : [])),
  );
  return [...known.values()].sort((a, b) => a.name.localeCompare(b.name));
}
