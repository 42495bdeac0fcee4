import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { Holiday, HolidayKind } from '../api/types.js';
import { t } from '../text/text.js';
import { Field } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { fieldError, useChange } from '../ui/use-change.js';
import { DeadlineEffect } from './deadline-effect.js';

const KINDS: readonly HolidayKind[] = ['national-holiday', 'collective-leave', 'office-closing'];

interface HolidayDialogProps {
  year: number;
  /** Absent: a new one. */
  holiday?: Holiday;
  onClose: () => void;
}

export function HolidayDialog({ year, holiday, onClose }: HolidayDialogProps): ReactNode {
  const [draft, setDraft] = useState<Holiday>(
    holiday ?? { date: `${year}-01-01`, name: '', kind: 'national-holiday', decree: null },
  );
  const set = (change: Partial<Holiday>): void => setDraft((old) => ({ ...old, ...change }));
  const moves = holiday !== undefined && holiday.date !== draft.date;
  const save = useChange({
    run: () => {
      const { date, name, kind, decree } = draft;
      const movedFrom = moves ? { movedFrom: holiday.date } : {};
      return request(`/holidays/${date}`, {
        method: 'PUT',
        body: {
          ...{ name: name.trim(), kind, ...movedFrom },
          decree: decree === null || decree.trim() === '' ? null : decree.trim(),
        },
      });
    },
    refresh: ['holidays'],
    said: () => t('common.saved'),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={holiday ? t('holidays.editTitle') : t('holidays.addTitle')}
      busy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <div className="form-row">
        <Field label={t('holidays.date')} error={fieldError(save.error, 'date')}>
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
        <Field label={t('holidays.kind')} error={fieldError(save.error, 'kind')}>
          {(input) => (
            <select
              {...input}
              value={draft.kind}
              onChange={(event) =>
                set({ kind: KINDS.find((kind) => kind === event.target.value) ?? draft.kind })
              }
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`holidays.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Field label={t('holidays.name')} error={fieldError(save.error, 'name')}>
        {(input) => (
          <input
            {...input}
            required
            maxLength={160}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={`${t('holidays.decree')} (${t('common.optional')})`}
        error={fieldError(save.error, 'decree')}
      >
        {(input) => (
          <input
            {...input}
            maxLength={200}
            value={draft.decree ?? ''}
            onChange={(event) => set({ decree: event.target.value })}
          />
        )}
      </Field>
      {draft.date !== '' && (holiday === undefined || moves) && (
        <DeadlineEffect draft={{ addDay: draft.date, ...(moves ? { removeDay: holiday.date } : {}) }} />
      )}
    </FormDialog>
  );
}
