import { useState, type ReactNode } from 'react';
import { useAssignees } from '../api/queries.js';
import type { Me, Ticket } from '../api/types.js';
import { initials } from '../text/format.js';
import { t } from '../text/text.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { Failed, Skeleton } from '../ui/states.js';
import { useTicketCommand } from './use-ticket-command.js';

interface AssignDialogProps {
  ticket: Ticket;
  me: Me;
  onClose: () => void;
}

export function AssignDialog({ ticket: { number, assignee }, me, onClose }: AssignDialogProps): ReactNode {
  const { data, error, refetch } = useAssignees();
  const [filter, setFilter] = useState('');
  const command = useTicketCommand(number);
  const wanted = filter.trim().toLowerCase();
  const shown = (data ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <Dialog title={t('assign.title')} size="small" onClose={onClose}>
      <div className="dialog-body">
        <Field label={t('assign.filter')}>
          {(input) => <input {...input} value={filter} onChange={(event) => setFilter(event.target.value)} />}
        </Field>
        {error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton rows={4} />
        ) : shown.length === 0 ? (
          <p className="muted">{t('assign.none')}</p>
        ) : (
          <ul className="people" aria-label={t('assign.list')}>
            {shown.map(({ id, name }) => (
              <li key={id}>
                <button
                  type="button"
                  disabled={command.isPending}
                  aria-current={assignee?.id === id ? 'true' : undefined}
                  onClick={() =>
                    command.mutate({ name: 'assign', staffId: id, staffName: name }, { onSuccess: onClose })
                  }
                >
                  <span className="avatar avatar-small" aria-hidden="true">
                    {initials(name)}
                  </span>
                  <span>
                    {name}
                    {id === me.id && <span className="muted"> ({t('assign.me')})</span>}
                  </span>
                  {assignee?.id === id && <Icon name="check" />}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
