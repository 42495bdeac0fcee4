import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { Unit } from '../api/types.js';
import { t } from '../text/text.js';
import { Field, Toggle } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { fieldError, useChange } from '../ui/use-change.js';

export function UnitDialog({ unit, onClose }: { unit?: Unit; onClose: () => void }): ReactNode {
  const [code, setCode] = useState(unit?.code ?? '');
  const [name, setName] = useState(unit?.name ?? '');
  const [active, setActive] = useState(unit?.active ?? true);
  const save = useChange({
    run: () =>
      request(`/units/${encodeURIComponent(code)}`, { method: 'PUT', body: { name: name.trim(), active } }),
    refresh: ['units', 'topics'],
    said: () => t('common.saved'),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={unit ? t('topics.editUnit', { name: unit.name }) : t('topics.addUnit')}
      busy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      {!unit && (
        <Field label={t('topics.code')} hint={t('topics.codeHint')} error={fieldError(save.error, 'code')}>
          {(input) => (
            <input
              {...input}
              required
              pattern="[a-z0-9\-]{2,60}"
              title={t('topics.codeHint')}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label={t('topics.unitName')} error={fieldError(save.error, 'name')}>
        {(input) => (
          <input
            {...input}
            required
            maxLength={160}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Toggle label={t('topics.activeUnit')} checked={active} onChange={setActive} />
    </FormDialog>
  );
}
