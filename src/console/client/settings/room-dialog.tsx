import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { BookingKind, Room } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { Field, Toggle } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { fieldError, useChange } from '../ui/use-change.js';

const KINDS: readonly BookingKind[] = ['visit', 'video-application', 'video-network'];

export function RoomDialog({ room, onClose }: { room?: Room; onClose: () => void }): ReactNode {
  const [code, setCode] = useState(room?.code ?? '');
  const [name, setName] = useState(room?.name ?? '');
  const [kinds, setKinds] = useState<readonly BookingKind[]>(room?.kinds ?? ['visit']);
  const [active, setActive] = useState(room?.active ?? true);
  const save = useChange({
    run: () => {
      const body = { name: name.trim(), kinds, active };
      return request(`/rooms/${encodeURIComponent(code)}`, { method: 'PUT', body });
    },
    refresh: ['rooms', 'free-sessions', 'booking-calendar'],
    said: () => t('common.saved'),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={room ? t('rooms.edit', { name: room.name }) : t('rooms.add')}
      busy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      {!room && (
        <Field label={t('topics.code')} hint={t('topics.codeHint')} error={fieldError(save.error, 'code')}>
          {(input) => (
            <input
              {...input}
              required
              pattern="[a-z0-9\-]{2,40}"
              title={t('topics.codeHint')}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label={t('rooms.name')} error={fieldError(save.error, 'name')}>
        {(input) => (
          <input
            {...input}
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <fieldset className="lines">
        <legend>{t('rooms.kinds')}</legend>
        {KINDS.map((kind) => (
          <Toggle
            key={kind}
            label={t(`kind.${kind}`)}
            checked={kinds.includes(kind)}
            onChange={(on) =>
              setKinds(KINDS.filter((known) => (known === kind ? on : kinds.includes(known))))
            }
          />
        ))}
        {kinds.length === 0 && <p className="field-error">{t('rooms.noKinds')}</p>}
      </fieldset>
      <Toggle label={t('rooms.active')} hint={t('rooms.activeHint')} checked={active} onChange={setActive} />
    </FormDialog>
  );
}
