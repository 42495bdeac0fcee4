import { useState, type ReactNode } from 'react';
import { useList } from '../api/queries.js';
import type { Room } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { Page } from '../ui/page.js';
import { ListTable } from '../ui/query-table.js';
import { Empty } from '../ui/states.js';
import { RoomDialog } from './room-dialog.js';

/** Where visits and video conferences take place; each takes one at a time (R-B3, R-C3). */
export function RoomsPage(): ReactNode {
  const rooms = useList<Room>('rooms');
  const [open, setOpen] = useState<{ room?: Room } | null>(null);
  const addButton = (
    <Button look="primary" icon="plus" onClick={() => setOpen({})}>
      {t('rooms.add')}
    </Button>
  );
  return (
    <Page title={t('rooms.title')} intro={t('rooms.intro')} tools={addButton}>
      <ListTable
        label={t('rooms.title')}
        query={rooms}
        keyOf={({ code }) => code}
        empty={
          <Empty icon="layers" title={t('rooms.empty')} hint={t('rooms.intro')}>
            {addButton}
          </Empty>
        }
        columns={[
          {
            title: t('rooms.name'),
            className: 'cell-main',
            cell: ({ name, code }) => (
              <>
                <strong>{name}</strong>
                <span className="cell-note">{code}</span>
              </>
            ),
          },
          { title: t('rooms.kinds'), cell: ({ kinds }) => kinds.map((kind) => t(`kind.${kind}`)).join(', ') },
          {
            title: t('topics.state'),
            cell: ({ active }) => (
              <span className={active ? 'status status-sent' : 'status'}>
                {active ? t('common.active') : t('common.inactive')}
              </span>
            ),
          },
          {
            title: t('common.actions'),
            hideTitle: true,
            className: 'cell-tools',
            cell: (room) => (
              <IconButton
                icon="edit"
                label={t('topics.manage', { name: room.name })}
                onClick={() => setOpen({ room })}
              />
            ),
          },
        ]}
      />
      {open && <RoomDialog {...open} onClose={() => setOpen(null)} />}
    </Page>
  );
}
