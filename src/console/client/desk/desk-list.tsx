import { useRef, type ReactNode } from 'react';
import { useDesk, useDeskUnits } from '../api/escalations.js';
import type { Me } from '../api/types.js';
import { seesTickets } from '../state/roles.js';
import { t } from '../text/text.js';
import { Field, Segmented } from '../ui/field.js';
import { LoadMore } from '../ui/load-more.js';
import { Empty, Failed, Skeleton } from '../ui/states.js';
import { useListKeys } from '../ui/use-list-keys.js';
import { DeskRow } from './desk-row.js';
import { DESK_VIEWS, type DeskView } from './desk-views.js';

interface DeskListProps {
  me: Me;
  view: DeskView;
  /** '' for the reader's own, or all of them for the contact centre. */
  unit: string;
  current: string | undefined;
  hrefOf: (id: string) => string;
  onView: (view: DeskView) => void;
  onUnit: (unit: string) => void;
}

export function DeskList(props: DeskListProps): ReactNode {
  const { me, view, unit, current, hrefOf, onView, onUnit } = props;
  const list = useRef<HTMLUListElement>(null);
  const desk = useDesk(view, unit);
  const items = desk.data?.pages.flatMap(({ items: page }) => page) ?? [];
  useListKeys(list, current);
  return (
    <section className="list" aria-label={t('desk.list')}>
      <header className="list-head">
        <h2>{t('nav.desk')}</h2>
        <Segmented
          legend={t('desk.views')}
          hideLegend
          name="desk-view"
          value={view}
          options={DESK_VIEWS.map((value) => ({ value, label: t(`desk.view.${value}`) }))}
          onChange={onView}
        />
        <UnitFilter me={me} unit={unit} onUnit={onUnit} />
      </header>
      <div className="list-scroll" data-scroller>
        {desk.error && items.length === 0 ? (
          <Failed error={desk.error} onRetry={() => void desk.refetch()} />
        ) : desk.isPending ? (
          <Skeleton rows={7} kind="ticket" />
        ) : items.length === 0 ? (
          <Empty icon="layers" title={t(`desk.empty.${view}`)} hint={t('desk.emptyHint')} />
        ) : (
          <>
            <ul className="rows" ref={list}>
              {items.map((escalation) => (
                <li key={escalation.id}>
                  <DeskRow
                    escalation={escalation}
                    href={hrefOf(escalation.id)}
                    current={escalation.id === current}
                  />
                </li>
              ))}
            </ul>
            <LoadMore
              hasMore={desk.hasNextPage}
              loading={desk.isFetchingNextPage}
              onMore={() => void desk.fetchNextPage()}
            />
          </>
        )}
      </div>
    </section>
  );
}

/** Nothing to choose for people of one unit. */
function UnitFilter({ me, unit, onUnit }: Pick<DeskListProps, 'me' | 'unit' | 'onUnit'>): ReactNode {
  const { data: units } = useDeskUnits();
  if (!units || units.length < 2) return null;
  return (
    <Field label={t('desk.unit')}>
      {(input) => (
        <select {...input} value={unit} onChange={(event) => onUnit(event.target.value)}>
          {seesTickets(me) && <option value="">{t('desk.all')}</option>}
          {units.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
