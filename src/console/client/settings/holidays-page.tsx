import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { Holiday } from '../api/types.js';
import { currentTime } from '../state/now.js';
import { t } from '../text/text.js';
import { formatDate } from '../text/time.js';
import { ActionMenu } from '../ui/action-menu.js';
import { Button, IconButton } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Page } from '../ui/page.js';
import { ListTable } from '../ui/query-table.js';
import { Empty } from '../ui/states.js';
import { useChange } from '../ui/use-change.js';
import { DeadlineEffect } from './deadline-effect.js';
import { HolidayDialog } from './holiday-dialog.js';

type Open = { kind: 'add' } | { kind: 'edit' | 'delete'; holiday: Holiday };

/** The days that are not working days (R-T2), a year at a time. */
export function HolidaysPage(): ReactNode {
  const [year, setYear] = useState(() => currentTime().getFullYear());
  const [open, setOpen] = useState<Open | null>(null);
  const holidays = useQuery({
    queryKey: ['holidays', year],
    queryFn: async ({ signal }) =>
      (await request<{ items: Holiday[] }>(`/holidays?year=${year}`, { signal })).items,
  });
  const close = (): void => setOpen(null);
  const remove = useChange<unknown, Holiday>({
    run: ({ date }) => request(`/holidays/${date}`, { method: 'DELETE' }),
    refresh: ['holidays'],
    said: ({ name }) => t('holidays.deleted', { name }),
    onDone: close,
  });
  const addButton = (
    <Button look="primary" icon="plus" onClick={() => setOpen({ kind: 'add' })}>
      {t('holidays.add')}
    </Button>
  );

  return (
    <Page title={t('holidays.title')} intro={t('holidays.intro')} tools={addButton}>
      <div className="year" role="group" aria-label={t('holidays.year')}>
        <IconButton icon="back" label={t('holidays.previousYear')} onClick={() => setYear(year - 1)} />
        <output className="year-number">{year}</output>
        <IconButton icon="forward" label={t('holidays.nextYear')} onClick={() => setYear(year + 1)} />
        {holidays.data && (
          <span className="muted">{t('holidays.count', { count: holidays.data.length })}</span>
        )}
      </div>
      <ListTable
        label={`${t('holidays.title')} ${year}`}
        query={holidays}
        keyOf={({ date }) => date}
        empty={
          <Empty icon="calendar" title={t('holidays.empty', { year })} hint={t('holidays.emptyHint')}>
            {addButton}
          </Empty>
        }
        columns={[
          { title: t('holidays.date'), className: 'cell-nowrap', cell: ({ date }) => formatDate(date) },
          { title: t('holidays.name'), className: 'cell-main', cell: ({ name }) => <strong>{name}</strong> },
          { title: t('holidays.kind'), className: 'cell-nowrap', cell: ({ kind }) => t(`holidays.${kind}`) },
          { title: t('holidays.decree'), cell: ({ decree }) => decree ?? t('common.none') },
          {
            title: t('common.actions'),
            hideTitle: true,
            className: 'cell-tools',
            cell: (holiday) => (
              <ActionMenu
                label={t('holidays.manage', { name: holiday.name })}
                actions={[
                  { icon: 'edit', label: t('common.edit'), run: () => setOpen({ kind: 'edit', holiday }) },
                  {
                    icon: 'trash',
                    label: t('common.delete'),
                    danger: true,
                    run: () => setOpen({ kind: 'delete', holiday }),
                  },
                ]}
              />
            ),
          },
        ]}
      />
      {open?.kind === 'add' && <HolidayDialog year={year} onClose={close} />}
      {open?.kind === 'edit' && <HolidayDialog year={year} holiday={open.holiday} onClose={close} />}
      {open?.kind === 'delete' && (
        <ConfirmDialog
          title={t('common.delete')}
          text={t('holidays.deleteConfirm', { name: open.holiday.name, date: formatDate(open.holiday.date) })}
          action={t('common.delete')}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(open.holiday)}
          onClose={close}
        >
          <DeadlineEffect draft={{ removeDay: open.holiday.date }} />
        </ConfirmDialog>
      )}
    </Page>
  );
}
