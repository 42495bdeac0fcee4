import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import type { Topic, Unit } from '../api/types.js';
import { t } from '../text/text.js';
import { Field, Toggle } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { fieldError, useChange } from '../ui/use-change.js';

interface TopicDialogProps {
  /** Absent: a new one. */
  topic?: Topic;
  units: readonly Unit[];
  nextPosition: number;
  onClose: () => void;
}

export function TopicDialog({ topic, units, nextPosition, onClose }: TopicDialogProps): ReactNode {
  const [draft, setDraft] = useState<Topic>(
    topic ?? {
      code: '',
      name: { id: '', en: '' },
      keywords: [],
      unitCode: units[0]?.code ?? '',
      position: nextPosition,
      active: true,
    },
  );
  const [keywords, setKeywords] = useState(draft.keywords.join(', '));
  const set = (change: Partial<Topic>): void => setDraft((old) => ({ ...old, ...change }));
  const save = useChange({
    run: () => {
      const { code, ...rest } = draft;
      const words = keywords.split(',').map((word) => word.trim());
      const body = { ...rest, keywords: words.filter((word) => word !== '') };
      return request(`/topics/${encodeURIComponent(code)}`, { method: 'PUT', body });
    },
    refresh: ['topics'],
    said: () => t('common.saved'),
    onDone: onClose,
  });
  const offered = units.filter(({ active, code }) => active || code === draft.unitCode);
  return (
    <FormDialog
      title={topic ? t('topics.editTopic', { name: topic.name.id }) : t('topics.addTopic')}
      busy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      {!topic && (
        <Field label={t('topics.code')} hint={t('topics.codeHint')} error={fieldError(save.error, 'code')}>
          {(input) => (
            <input
              {...input}
              required
              pattern="[a-z0-9\-]{2,60}"
              title={t('topics.codeHint')}
              value={draft.code}
              onChange={(event) => set({ code: event.target.value })}
            />
          )}
        </Field>
      )}
      <div className="form-row">
        {(['id', 'en'] as const).map((tongue) => (
          <Field
            key={tongue}
            label={tongue === 'id' ? t('topics.nameId') : t('topics.nameEn')}
            error={fieldError(save.error, `name.${tongue}`)}
          >
            {(input) => (
              <input
                {...input}
                required
                maxLength={120}
                value={draft.name[tongue]}
                onChange={(event) => set({ name: { ...draft.name, [tongue]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
      <Field label={t('topics.unit')} error={fieldError(save.error, 'unitCode')}>
        {(input) => (
          <select
            {...input}
            value={draft.unitCode}
            onChange={(event) => set({ unitCode: event.target.value })}
          >
            {offered.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={t('topics.keywords')}
        hint={t('topics.keywordsHint')}
        error={fieldError(save.error, 'keywords')}
      >
        {(input) => (
          <textarea
            {...input}
            rows={2}
            value={keywords}
            onChange={(event) => setKeywords(event.target.value)}
          />
        )}
      </Field>
      <div className="form-row">
        <Field label={t('topics.position')} error={fieldError(save.error, 'position')}>
          {(input) => (
            <input
              {...input}
              type="number"
              min={0}
              max={999}
              required
              value={draft.position}
              onChange={(event) => set({ position: event.target.valueAsNumber || 0 })}
            />
          )}
        </Field>
        <Toggle
          label={t('topics.activeTopic')}
          checked={draft.active}
          onChange={(active) => set({ active })}
        />
      </div>
      <Toggle
        label={t('topics.escalatesByItself')}
        hint={t('topics.escalatesByItselfHint')}
        checked={draft.escalatesByItself ?? false}
        onChange={(escalatesByItself) => set({ escalatesByItself })}
      />
      <Toggle
        label={t('topics.sendsApprovedAnswer')}
        hint={t('topics.sendsApprovedAnswerHint')}
        checked={draft.sendsApprovedAnswer ?? false}
        onChange={(sendsApprovedAnswer) => set({ sendsApprovedAnswer })}
      />
    </FormDialog>
  );
}
