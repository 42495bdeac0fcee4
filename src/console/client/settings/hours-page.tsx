import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { OfficeHours, OpeningPeriod } from '../api/types.js';
import { t } from '../text/text.js';
import { weekdayName } from '../text/time.js';
import { Button, IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';
import { Failed, Skeleton } from '../ui/states.js';
import { useChange } from '../ui/use-change.js';
import { DeadlineEffect } from './deadline-effect.js';
import { nextPeriod, WEEKDAYS, wrongDays } from './check-hours.js';

/** When people serve (R-T3); several periods a day for lunch and the Friday prayer. */
export function HoursPage(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['office-hours'],
    queryFn: ({ signal }) => request<OfficeHours>('/office-hours', { signal }),
  });
  return (
    <Page title={t('hours.title')} intro={t('hours.intro')}>
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <HoursForm saved={data} />
      ) : (
        <Skeleton rows={7} />
      )}
    </Page>
  );
}

function HoursForm({ saved }: { saved: OfficeHours }): ReactNode {
  const [hours, setHours] = useState(saved);
  useEffect(() => setHours(saved), [saved]);
  const wrong = wrongDays(hours);
  const changed = JSON.stringify(hours) !== JSON.stringify(saved);
  const save = useChange({
    run: () => request('/office-hours', { method: 'PUT', body: hours }),
    refresh: ['office-hours'],
    said: () => t('common.saved'),
  });
  const setDay = (day: string, periods: OpeningPeriod[]): void =>
    setHours((old) => ({ ...old, periods: { ...old.periods, [day]: periods } }));
  return (
    <form
      className="form hours"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length === 0) save.mutate();
      }}
    >
      <p className="muted">
        {t('hours.zone')}: {hours.zone} (WIB)
      </p>
      <ul className="week">
        {WEEKDAYS.map((day) => (
          <Day
            key={day}
            name={weekdayName(Number(day))}
            periods={hours.periods[day] ?? []}
            wrong={wrong.includes(day)}
            onChange={(periods) => setDay(day, periods)}
          />
        ))}
      </ul>
      <p className="muted">{t('hours.note')}</p>
      {changed && wrong.length === 0 && <DeadlineEffect draft={{ hours }} />}
      <div className="form-foot">
        {changed && <span className="form-note">{t('hours.unsaved')}</span>}
        {changed && <Button onClick={() => setHours(saved)}>{t('common.cancel')}</Button>}
        <Button look="primary" type="submit" busy={save.isPending} disabled={!changed || wrong.length > 0}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

/** Plain text: the browser's own time field writes 1:00 PM where the reader's computer speaks English. */
const TIME_INPUT = {
  type: 'text',
  inputMode: 'numeric',
  maxLength: 5,
  required: true,
  pattern: '([01][0-9]|2[0-3]):[0-5][0-9]|24:00',
  placeholder: 'HH:mm',
} as const;

interface DayProps {
  name: string;
  periods: readonly OpeningPeriod[];
  wrong: boolean;
  onChange: (periods: OpeningPeriod[]) => void;
}

function Day({ name, periods, wrong, onChange }: DayProps): ReactNode {
  const setAt = (index: number, change: Partial<OpeningPeriod>): void =>
    onChange(periods.map((period, at) => (at === index ? { ...period, ...change } : period)));
  return (
    <li className="week-day">
      <span className="week-name">{name}</span>
      <div className="week-periods">
        {periods.length === 0 && <span className="muted">{t('hours.closed')}</span>}
        {periods.map((period, index) => (
          <div className="week-period" key={index}>
            <input
              {...TIME_INPUT}
              aria-label={t('hours.from', { day: name, n: index + 1 })}
              aria-invalid={wrong || undefined}
              value={period.from}
              onChange={(event) => setAt(index, { from: event.target.value })}
            />
            <span aria-hidden="true">{t('hours.until')}</span>
            <input
              {...TIME_INPUT}
              aria-label={t('hours.to', { day: name, n: index + 1 })}
              aria-invalid={wrong || undefined}
              value={period.to}
              onChange={(event) => setAt(index, { to: event.target.value })}
            />
            <IconButton
              icon="trash"
              label={t('hours.removePeriod', { day: name, n: index + 1 })}
              onClick={() => onChange(periods.filter((_period, at) => at !== index))}
            />
          </div>
        ))}
        {wrong && (
          <p className="field-error" role="alert">
            <Icon name="warning" />
            {t('hours.order')}
          </p>
        )}
      </div>
      <IconButton
        icon="plus"
        label={t('hours.addPeriod', { day: name })}
        onClick={() => onChange([...periods, nextPeriod(periods)])}
      />
    </li>
  );
}
