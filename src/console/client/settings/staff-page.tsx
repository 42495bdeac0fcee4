import { useState, type ReactNode } from 'react';
import { useList } from '../api/queries.js';
import { request } from '../api/request.js';
import type { Me, StaffMember } from '../api/types.js';
import { t } from '../text/text.js';
import { ActionMenu, type MenuAction } from '../ui/action-menu.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Toggle } from '../ui/field.js';
import { Page } from '../ui/page.js';
import { ListTable } from '../ui/query-table.js';
import { Empty } from '../ui/states.js';
import { useChange } from '../ui/use-change.js';
import { SetupLinkDialog, type SetupLink } from './setup-link-dialog.js';
import { StaffDialog } from './staff-dialog.js';

type Open =
  { kind: 'add' } | { kind: 'edit' | 'deactivate'; person: StaffMember } | { kind: 'link'; link: SetupLink };

/** Who may come in, and as what. */
export function StaffPage({ me }: { me: Me }): ReactNode {
  const staff = useList<StaffMember>('staff');
  const [open, setOpen] = useState<Open | null>(null);
  const [withInactive, setWithInactive] = useState(false);
  const shown = staff.data?.filter(({ active }) => active || withInactive);
  const close = (): void => setOpen(null);
  const addButton = (
    <Button look="primary" icon="plus" onClick={() => setOpen({ kind: 'add' })}>
      {t('staff.add')}
    </Button>
  );
  const setActive = useChange<StaffMember, { person: StaffMember; active: boolean }>({
    run: ({ person, active }) =>
      request(`/staff/${encodeURIComponent(person.id)}`, { method: 'PATCH', body: { active } }),
    refresh: ['staff', 'assignees'],
    said: ({ person: { name }, active }) =>
      active ? t('staff.activated', { name }) : t('staff.deactivated', { name }),
    onDone: close,
  });

  return (
    <Page title={t('staff.title')} intro={t('staff.intro')} tools={addButton}>
      <Toggle label={t('staff.showInactive')} checked={withInactive} onChange={setWithInactive} />
      <ListTable
        label={t('staff.title')}
        query={shown ? { ...staff, data: shown } : staff}
        keyOf={({ id }) => id}
        empty={
          <Empty icon="people" title={t('staff.empty')} hint={t('staff.emptyHint')}>
            {addButton}
          </Empty>
        }
        columns={[
          {
            title: t('staff.name'),
            className: 'cell-main',
            cell: ({ name, position }) => (
              <>
                <strong>{name}</strong>
                {position && <span className="cell-note">{position}</span>}
              </>
            ),
          },
          { title: t('staff.username'), cell: ({ username }) => username },
          {
            title: t('staff.roles'),
            cell: ({ roles }) => (
              <span className="chips">
                {roles.map((role) => (
                  <span key={role} className="status">
                    {t(`role.${role}`)}
                  </span>
                ))}
              </span>
            ),
          },
          { title: t('staff.state'), cell: (person) => <StaffState person={person} /> },
          {
            title: t('common.actions'),
            hideTitle: true,
            className: 'cell-tools',
            cell: (person) => (
              <StaffMenu
                person={person}
                self={person.id === me.id}
                onOpen={setOpen}
                onActivate={() => setActive.mutate({ person, active: true })}
              />
            ),
          },
        ]}
      />
      {open?.kind === 'add' && (
        <StaffDialog onLink={(link) => setOpen({ kind: 'link', link })} onClose={close} />
      )}
      {open?.kind === 'edit' && <StaffDialog person={open.person} onClose={close} />}
      {open?.kind === 'link' && <SetupLinkDialog link={open.link} onClose={close} />}
      {open?.kind === 'deactivate' && (
        <ConfirmDialog
          title={t('staff.deactivate')}
          text={t('staff.deactivateConfirm', { name: open.person.name })}
          action={t('staff.deactivate')}
          busy={setActive.isPending}
          onConfirm={() => setActive.mutate({ person: open.person, active: false })}
          onClose={close}
        />
      )}
    </Page>
  );
}

function StaffState({ person: { active, hasPassword } }: { person: StaffMember }): ReactNode {
  if (!active) return <span className="status">{t('common.inactive')}</span>;
  return hasPassword ? (
    <span className="status status-sent">{t('common.active')}</span>
  ) : (
    <span className="status status-queued">{t('staff.noPassword')}</span>
  );
}

interface StaffMenuProps {
  person: StaffMember;
  /** One does not lock oneself out. */
  self: boolean;
  onOpen: (open: Open) => void;
  onActivate: () => void;
}

function StaffMenu({ person, self, onOpen, onActivate }: StaffMenuProps): ReactNode {
  const path = `/staff/${encodeURIComponent(person.id)}`;
  const link = useChange({
    run: () => request<{ setupUrl: string }>(`${path}/setup-link`, { method: 'POST', body: {} }),
    refresh: [],
    onDone: ({ setupUrl }) => onOpen({ kind: 'link', link: { name: person.name, url: setupUrl } }),
  });
  const signOut = useChange({
    run: () => request(`${path}/sessions`, { method: 'DELETE' }),
    refresh: ['sessions'],
    said: () => t('staff.signedOut', { name: person.name }),
  });
  const actions: MenuAction[] = [
    { icon: 'edit', label: t('common.edit'), run: () => onOpen({ kind: 'edit', person }) },
  ];
  if (person.active) {
    actions.push(
      { icon: 'key', label: t('staff.newLink'), run: () => link.mutate() },
      { icon: 'signOut', label: t('staff.signOutAll'), run: () => signOut.mutate() },
    );
    if (!self) {
      actions.push({
        icon: 'close',
        label: t('staff.deactivate'),
        danger: true,
        run: () => onOpen({ kind: 'deactivate', person }),
      });
    }
  } else actions.push({ icon: 'check', label: t('staff.activate'), run: onActivate });
  return <ActionMenu label={t('staff.manage', { name: person.name })} actions={actions} />;
}
