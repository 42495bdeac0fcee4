import { useState, type ReactNode } from 'react';
import { useBookingCalendar } from '../api/appointments.js';
import { request } from '../api/request.js';
import type { Room } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { formatTime } from '../text/time.js';
import { Field, Toggle } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Icon } from '../ui/icon.js';
import { fieldError, useChange } from '../ui/use-change.js';
import { displacedBy, type ClosingDraft } from './closing-effect.js';

interface ClosingDialogProps {
  /** yyyy-MM-dd to begin with. */
  date: string;
  rooms: readonly Room[];
  onClose: () => void;
}

/** Closes a day or part of it; who is booked then is shown before and offered new times after. */
export function ClosingDialog({ date, rooms, onClose }: ClosingDialogProps): ReactNode {
  const [draft, setDraft] = useState<ClosingDraft>({ date, room: '', from: '', to: '' });
  const [whole, setWhole] = useState(true);
  const [reason, setReason] = useState('');
  const set = (change: Partial<ClosingDraft>): void => setDraft((old) => ({ ...old, ...change }));
  const hours = whole ? { from: '', to: '' } : { from: draft.from, to: draft.to };
  const save = useChange({
    run: () => {
      const part = whole ? {} : hours;
      const body = { date: draft.date, room: draft.room || null, ...part, reason: reason.trim() };
      return request('/closed-sessions', { method: 'POST', body });
    },
    refresh: ['booking-calendar', 'appointments', 'appointment', 'free-sessions'],
    said: () => t('bookings.closing.done'),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('bookings.closing.add')}
      action={t('bookings.closing.submit')}
      busy={save.isPending}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <div className="form-row">
        <Field label={t('bookings.date')} error={fieldError(save.error, 'date')}>
          {(input) => (
            <input
              {...input}
              type="date"
              required
              value={draft.date}
              onChange={(event) => set({ date: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('bookings.room')} error={fieldError(save.error, 'room')}>
          {(input) => (
            <select {...input} value={draft.room} onChange={(event) => set({ room: event.target.value })}>
              <option value="">{t('bookings.allRooms')}</option>
              {rooms.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Toggle label={t('bookings.closing.whole')} checked={whole} onChange={setWhole} />
      {!whole && (
        <div className="form-row">
          {(['from', 'to'] as const).map((name) => (
            <Field key={name} label={t(`bookings.closing.${name}`)} error={fieldError(save.error, name)}>
              {(input) => (
                <input
                  {...input}
                  type="time"
                  required
                  value={draft[name]}
                  onChange={(event) => set({ [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
      )}
      <Field label={t('bookings.closing.reason')} error={fieldError(save.error, 'reason')}>
        {(input) => (
          <input
            {...input}
            required
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Effect draft={{ ...draft, ...hours }} />
    </FormDialog>
  );
}

function Effect({ draft }: { draft: ClosingDraft }): ReactNode {
  const { data } = useBookingCalendar(draft.date, draft.date);
  if (draft.date === '' || !data) return <p className="field-hint">{t('effect.counting')}</p>;
  const displaced = displacedBy(data, draft);
  if (displaced.length === 0) return <p className="notice">{t('bookings.closing.nobody')}</p>;
  return (
    <div className="notice notice-bad" role="status">
      <Icon name="warning" />
      <div>
        <p>{t('bookings.closing.displaced', { count: displaced.length })}</p>
        <ul className="plain-list">
          {displaced.map(({ id, startsAt, name, agency }) => (
            <li key={id}>
              {formatTime(startsAt)} · {name} · {agency}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
