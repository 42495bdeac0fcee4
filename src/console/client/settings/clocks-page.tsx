import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Page } from '../ui/page.js';
import { Failed, Skeleton } from '../ui/states.js';
import { fieldError, useChange } from '../ui/use-change.js';
import { CLOCK_NAMES, type Clocks } from './clock-names.js';
import { DeadlineEffect } from './deadline-effect.js';

const MOST_WORKING_DAYS = 60;

/** How many working days each kind of work is given (R-A3, R-A4, R-B2). */
export function ClocksPage(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['clocks'],
    queryFn: ({ signal }) => request<Clocks>('/clocks', { signal }),
  });
  return (
    <Page title={t('clocks.title')} intro={t('clocks.intro')}>
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <ClocksForm saved={data} />
      ) : (
        <Skeleton rows={9} />
      )}
    </Page>
  );
}

function ClocksForm({ saved }: { saved: Clocks }): ReactNode {
  const [clocks, setClocks] = useState(saved);
  useEffect(() => setClocks(saved), [saved]);
  const changed = CLOCK_NAMES.some((name) => clocks[name] !== saved[name]);
  const right = CLOCK_NAMES.every((name) => isRight(clocks[name]));
  const save = useChange({
    run: () => request('/clocks', { method: 'PUT', body: clocks }),
    refresh: ['clocks'],
    said: () => t('common.saved'),
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (right) save.mutate();
      }}
    >
      {CLOCK_NAMES.map((name) => (
        <Field key={name} label={t(`clocks.${name}`)} error={fieldError(save.error, name)}>
          {(input) => (
            <input
              {...input}
              type="number"
              required
              min={1}
              max={MOST_WORKING_DAYS}
              value={Number.isNaN(clocks[name]) ? '' : clocks[name]}
              onChange={({ target }) => setClocks((old) => ({ ...old, [name]: target.valueAsNumber }))}
            />
          )}
        </Field>
      ))}
      {changed && right && <DeadlineEffect draft={{ clocks }} />}
      <div className="form-foot">
        {changed && <span className="form-note">{t('hours.unsaved')}</span>}
        {changed && <Button onClick={() => setClocks(saved)}>{t('common.cancel')}</Button>}
        <Button look="primary" type="submit" busy={save.isPending} disabled={!changed || !right}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

function isRight(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= MOST_WORKING_DAYS;
}
