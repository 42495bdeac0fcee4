import { useState, type ReactNode } from 'react';
import { useUnits } from '../api/queries.js';
import { request } from '../api/request.js';
import { POSTS, ROLES, type Post, type Role, type StaffMember } from '../api/types.js';
import { t } from '../text/text.js';
import { Field } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { fieldError, useChange } from '../ui/use-change.js';
import type { SetupLink } from './setup-link-dialog.js';

interface StaffDialogProps {
  /** Absent: somebody new. */
  person?: StaffMember;
  onLink?: (link: SetupLink) => void;
  onClose: () => void;
}

interface Draft {
  username: string;
  name: string;
  position: string;
  email: string;
  roles: Role[];
  unitCode: string;
  post: Post | '';
}

export function StaffDialog({ person, onLink, onClose }: StaffDialogProps): ReactNode {
  const { data: units } = useUnits();
  const [draft, setDraft] = useState<Draft>({
    username: person?.username ?? '',
    name: person?.name ?? '',
    position: person?.position ?? '',
    email: person?.email ?? '',
    roles: person?.roles ?? ['agent'],
    unitCode: person?.unitCode ?? '',
    post: person?.post ?? '',
  });
  const [noRole, setNoRole] = useState(false);
  const set = (change: Partial<Draft>): void => setDraft((old) => ({ ...old, ...change }));
  const save = useChange({
    run: () => (person ? edit(person.id, draft) : add(draft)),
    refresh: ['staff', 'assignees'],
    said: () => t('common.saved'),
    onDone: (setupUrl) => {
      if (setupUrl) onLink?.({ name: draft.name, url: setupUrl });
      else onClose();
    },
  });
  const input = (
    key: 'name' | 'username' | 'position' | 'email',
    required: boolean,
    type = 'text',
  ): ReactNode => (
    <Field
      label={required ? t(`staff.${key}`) : `${t(`staff.${key}`)} (${t('common.optional')})`}
      hint={key === 'username' ? t('setup.usernameHint') : undefined}
      error={fieldError(save.error, key)}
    >
      {(attributes) => (
        <input
          {...attributes}
          type={type}
          required={required}
          maxLength={120}
          autoComplete="off"
          value={draft[key]}
          onChange={(event) => set({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <FormDialog
      title={person ? t('staff.editTitle', { name: person.name }) : t('staff.addTitle')}
      {...(person ? {} : { action: t('staff.create') })}
      busy={save.isPending}
      onClose={onClose}
      onSubmit={() => (draft.roles.length === 0 ? setNoRole(true) : save.mutate())}
    >
      {input('name', true)}
      {!person && input('username', true)}
      <div className="form-row">
        {input('position', false)}
        {input('email', false, 'email')}
      </div>
      <RolesField
        roles={draft.roles}
        error={noRole ? t('staff.rolesMissing') : fieldError(save.error, 'roles')}
        onChange={(roles) => {
          setNoRole(false);
          set({ roles });
        }}
      />
      <Field label={t('staff.unit')} error={fieldError(save.error, 'unitCode')}>
        {(attributes) => (
          <select
            {...attributes}
            value={draft.unitCode}
            onChange={(event) => set({ unitCode: event.target.value })}
          >
            <option value="">{t('staff.noUnit')}</option>
            {units?.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('staff.post')} hint={t('staff.postHint')} error={fieldError(save.error, 'post')}>
        {(attributes) => (
          <select
            {...attributes}
            value={draft.post}
            onChange={(event) => set({ post: POSTS.find((post) => post === event.target.value) ?? '' })}
          >
            <option value="">{t('staff.noPost')}</option>
            {POSTS.map((post) => (
              <option key={post} value={post}>
                {t(`letters.post.${post}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </FormDialog>
  );
}

interface RolesFieldProps {
  roles: readonly Role[];
  error: string | undefined;
  onChange: (roles: Role[]) => void;
}

function RolesField({ roles, error, onChange }: RolesFieldProps): ReactNode {
  return (
    <fieldset className="choices-field">
      <legend>{t('staff.roles')}</legend>
      <div className="checks">
        {ROLES.map((role) => (
          <label key={role}>
            <input
              type="checkbox"
              checked={roles.includes(role)}
              onChange={(event) =>
                onChange(event.target.checked ? [...roles, role] : roles.filter((other) => other !== role))
              }
            />
            {t(`role.${role}`)}
          </label>
        ))}
      </div>
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** @returns the setup link */
async function add({
  username,
  name,
  position,
  email,
  roles,
  unitCode,
  post,
}: Draft): Promise<string | null> {
  const body = {
    username: username.trim().toLowerCase(),
    name: name.trim(),
    roles,
    ...(position.trim() ? { position: position.trim() } : {}),
    ...(email.trim() ? { email: email.trim() } : {}),
    ...(unitCode ? { unitCode } : {}),
    ...(post ? { post } : {}),
  };
  const { setupUrl } = await request<{ setupUrl: string }>('/staff', { method: 'POST', body });
  return setupUrl;
}

async function edit(id: string, { name, position, email, roles, unitCode, post }: Draft): Promise<null> {
  const body = {
    name: name.trim(),
    position: position.trim() || null,
    email: email.trim() || null,
    roles,
    unitCode: unitCode || null,
    post: post || null,
  };
  await request(`/staff/${encodeURIComponent(id)}`, { method: 'PATCH', body });
  return null;
}
