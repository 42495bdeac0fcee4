import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import { useList } from '../api/queries.js';
import type { StaffMember, Unit, UnitChannel } from '../api/types.js';
import { t } from '../text/text.js';
import { Field, Toggle } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { fieldError, useChange } from '../ui/use-change.js';

export function UnitDialog({ unit, onClose }: { unit?: Unit; onClose: () => void }): ReactNode {
  const [code, setCode] = useState(unit?.code ?? '');
  const [name, setName] = useState(unit?.name ?? '');
  const [active, setActive] = useState(unit?.active ?? true);
  const [awayUntil, setAwayUntil] = useState(unit?.headAwayUntil ?? '');
  const [deputyId, setDeputyId] = useState(unit?.deputyId ?? '');
  const [channelId, setChannelId] = useState(unit?.teamsChannelId ?? '');
  const save = useChange({
    run: async () => {
      const path = `/units/${encodeURIComponent(code)}`;
      const body = {
        name: name.trim(),
        active,
        headAwayUntil: awayUntil || null,
        deputyId: deputyId || null,
      };
      await request(path, { method: 'PUT', body });
      if (channelId === (unit?.teamsChannelId ?? '')) return;
      await request(`${path}/channel`, { method: 'PUT', body: { channelId: channelId || null } });
    },
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
      <Deputy value={deputyId} error={fieldError(save.error, 'deputyId')} onChange={setDeputyId} />
      <Field
        label={t('topics.awayUntil')}
        hint={t('topics.awayUntilHint')}
        error={fieldError(save.error, 'headAwayUntil')}
      >
        {(input) => (
          <input
            {...input}
            type="date"
            value={awayUntil}
            onChange={(event) => setAwayUntil(event.target.value)}
          />
        )}
      </Field>
      <Channel value={channelId} error={fieldError(save.error, 'channelId')} onChange={setChannelId} />
      <Toggle label={t('topics.activeUnit')} checked={active} onChange={setActive} />
    </FormDialog>
  );
}

interface ChoiceProps {
  value: string;
  error: string | undefined;
  onChange: (id: string) => void;
}

/** Where its cards are posted; nothing to choose while the bot is in no team. */
function Channel({ value, error, onChange }: ChoiceProps): ReactNode {
  const { data: channels = [] } = useList<UnitChannel>('unit-channels');
  if (channels.length === 0 && value === '') return null;
  const isGone = value !== '' && !channels.some(({ channelId }) => channelId === value);
  return (
    <Field label={t('topics.channel')} hint={t('topics.channelHint')} error={error}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('topics.channelNone')}</option>
          {isGone && <option value={value}>{t('topics.channelGone')}</option>}
          {channels.map(({ channelId, teamName, channelName }) => (
            <option key={channelId} value={channelId}>
              {[teamName, channelName].filter(Boolean).join(' › ') || channelId}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Decides for the Kepala Subdit while they are away: somebody of a unit. */
function Deputy({ value, error, onChange }: ChoiceProps): ReactNode {
  const { data: staff } = useList<StaffMember>('staff');
  const offered = (staff ?? []).filter(
    ({ id, active, roles }) =>
      id === value || (active && (roles.includes('head-of-unit') || roles.includes('unit-member'))),
  );
  return (
    <Field label={t('topics.deputy')} hint={t('topics.deputyHint')} error={error}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('topics.deputyNone')}</option>
          {offered.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
