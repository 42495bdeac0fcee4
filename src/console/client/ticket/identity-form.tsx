import type { UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiError } from '../api/request.js';
import type { Profile, Ticket } from '../api/types.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { RegionField } from './region-field.js';
import type { TicketCommand } from './use-ticket-command.js';

const FIELDS = [
  { key: 'name', type: 'text' },
  { key: 'position', type: 'text' },
  { key: 'agency', type: 'text' },
  { key: 'email', type: 'email' },
  { key: 'phone', type: 'tel' },
] as const;

interface IdentityFormProps {
  profile: Profile;
  command: UseMutationResult<Ticket, Error, TicketCommand>;
  onDone: () => void;
}

/** Corrects who is asking; only what changed is sent. */
export function IdentityForm({ profile, command, onDone }: IdentityFormProps): ReactNode {
  const [draft, setDraft] = useState(profile);
  const problem = command.error instanceof ApiError ? command.error : undefined;
  const set = (change: Partial<Profile>): void => setDraft((old) => ({ ...old, ...change }));
  const save = (): void => {
    const changed = (Object.keys(draft) as (keyof Profile)[]).filter((key) => draft[key] !== profile[key]);
    if (changed.length === 0) {
      onDone();
      return;
    }
    const next = Object.fromEntries(changed.map((key) => [key, draft[key]])) as Partial<Profile>;
    command.mutate({ name: 'edit', profile: next }, { onSuccess: onDone });
  };
  return (
    <form
      className="form form-tight"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {FIELDS.map(({ key, type }) => (
        <Field
          key={key}
          label={t(`panel.${key}`)}
          error={problem?.field(`profile.${key}`) ?? problem?.field(key)}
        >
          {(input) => (
            <input
              {...input}
              type={type}
              autoFocus={key === 'name'}
              maxLength={120}
              value={draft[key] ?? ''}
              onChange={(event) => set({ [key]: event.target.value === '' ? null : event.target.value })}
            />
          )}
        </Field>
      ))}
      <RegionField
        name={draft.regionName}
        onChange={(regionCode, regionName) => set({ regionCode, regionName })}
      />
      <div className="form-foot">
        <Button small onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button small look="primary" type="submit" busy={command.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}
