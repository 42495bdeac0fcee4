import type { ReactNode } from 'react';
import type { Room } from '../api/types/appointments.js';
import { currentTime } from '../state/now.js';
import { t } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { Field, Segmented } from '../ui/field.js';
import { rangeTitle, turnPage, type GridView } from './calendar-dates.js';
import type { CalendarFilter } from './calendar-events.js';
import { inputsOf } from './wib-input.js';

interface CalendarBarProps {
  view: GridView;
  date: string;
  from: string;
  to: string;
  rooms: readonly Room[];
  consultants: readonly { id: string; name: string }[];
  filter: CalendarFilter;
  onPlace: (next: { view?: GridView; date?: string }) => void;
  onFilter: (filter: CalendarFilter) => void;
}

/** What the grid shows: which days, at what size, whose. */
export function CalendarBar(props: CalendarBarProps): ReactNode {
  const { view, date, from, to, onPlace } = props;
  return (
    <div className="calendar-bar">
      <div className="calendar-turn" role="group" aria-label={t('bookings.calendar.turn')}>
        <IconButton
          icon="back"
          label={t('bookings.calendar.before')}
          onClick={() => onPlace({ date: turnPage(view, date, -1) })}
        />
        <Button small onClick={() => onPlace({ date: inputsOf(currentTime().toISOString()).date })}>
          {t('time.today')}
        </Button>
        <IconButton
          icon="forward"
          label={t('bookings.calendar.after')}
          onClick={() => onPlace({ date: turnPage(view, date, 1) })}
        />
        <output className="calendar-title">{rangeTitle(view, date, from, to)}</output>
      </div>
      <Segmented<GridView>
        legend={t('bookings.calendar.view')}
        hideLegend
        name="calendar-view"
        value={view}
        options={[
          { value: 'timeGridDay', label: t('bookings.calendar.day') },
          { value: 'timeGridWeek', label: t('bookings.calendar.week') },
          { value: 'dayGridMonth', label: t('bookings.calendar.month') },
        ]}
        onChange={(next) => onPlace({ view: next })}
      />
      <Filters {...props} />
    </div>
  );
}

function Filters({ rooms, consultants, filter, onFilter }: CalendarBarProps): ReactNode {
  return (
    <div className="calendar-filters">
      <Field label={t('bookings.room')}>
        {(input) => (
          <select
            {...input}
            value={filter.room}
            onChange={(event) => onFilter({ ...filter, room: event.target.value })}
          >
            <option value="">{t('bookings.allRooms')}</option>
            {rooms.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('bookings.consultant')}>
        {(input) => (
          <select
            {...input}
            value={filter.consultant}
            onChange={(event) => onFilter({ ...filter, consultant: event.target.value })}
          >
            <option value="">{t('bookings.allConsultants')}</option>
            <option value="none">{t('bookings.noConsultant')}</option>
            {consultants.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}
