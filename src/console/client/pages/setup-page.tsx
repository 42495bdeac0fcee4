import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { changePerson } from '../api/query-client.js';
import { ApiError, request } from '../api/request.js';
import type { Me, SetupInvitation } from '../api/types.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { Failed, Skeleton } from '../ui/states.js';
import { DoorFrame } from './door-frame.js';
import { PasswordField } from './password-field.js';
import { PasswordRules } from './password-rules.js';

/** Where the one-time link leads: the first administrator chooses name and password, others a password. */
export function SetupPage(): ReactNode {
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const token = params.get('token') ?? '';
  const invitation = useQuery({
    queryKey: ['setup', token],
    retry: false,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      try {
        return await request<SetupInvitation>(`/setup?token=${encodeURIComponent(token)}`, { signal });
      } catch (error) {
        if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
          return { valid: false, needsUsername: false };
        }
        throw error;
      }
    },
  });

  if (invitation.error) {
    return (
      <main className="alone">
        <Failed error={invitation.error} onRetry={() => void invitation.refetch()} />
      </main>
    );
  }
  if (!invitation.data) {
    return (
      <main className="alone">
        <Skeleton rows={3} />
      </main>
    );
  }
  if (!invitation.data.valid) {
    return (
      <DoorFrame title={t('setup.invalidTitle')} intro={t('setup.invalid')}>
        <Button look="primary" onClick={() => navigate('/')}>
          {t('setup.toSignIn')}
        </Button>
      </DoorFrame>
    );
  }
  return <SetupForm token={token} invitation={invitation.data} />;
}

function SetupForm({ token, invitation }: { token: string; invitation: SetupInvitation }): ReactNode {
  const [, navigate] = useLocation();
  const [name, setName] = useState(invitation.name ?? '');
  const [username, setUsername] = useState(invitation.username ?? '');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const differs = repeated !== '' && repeated !== password;
  const save = useMutation({
    mutationFn: () =>
      request<Me>('/setup', {
        method: 'POST',
        body: {
          token,
          password,
          ...(invitation.needsUsername
            ? { username: username.trim().toLowerCase(), ...(name.trim() ? { name: name.trim() } : {}) }
            : {}),
        },
      }),
    onSuccess: (me) => {
      changePerson(me);
      navigate('/', { replace: true });
    },
  });
  const problem = save.error instanceof ApiError ? save.error : undefined;
  const intro = invitation.needsUsername
    ? t('setup.firstIntro')
    : t('setup.intro', { name: invitation.name ?? '', username: invitation.username ?? '' });

  return (
    <DoorFrame title={t('setup.title')} intro={intro}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (password === repeated) save.mutate();
        }}
      >
        {invitation.needsUsername ? (
          <>
            <Field label={t('setup.name')} error={problem?.field('name')}>
              {(input) => (
                <input
                  {...input}
                  autoComplete="name"
                  required
                  autoFocus
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
            <Field
              label={t('signIn.username')}
              hint={t('setup.usernameHint')}
              error={problem?.field('username')}
            >
              {(input) => (
                <input
                  {...input}
                  autoComplete="username"
                  autoCapitalize="none"
                  spellCheck={false}
                  required
                  pattern="[a-zA-Z0-9][a-zA-Z0-9._\-]{2,31}"
                  title={t('setup.usernameHint')}
                  value={username}
                  onChange={(event) => setUsername(event.target.value)}
                />
              )}
            </Field>
          </>
        ) : (
          <input type="hidden" name="username" autoComplete="username" value={username} />
        )}
        <PasswordField
          label={t('signIn.password')}
          autoComplete="new-password"
          value={password}
          error={problem?.field('password')}
          onChange={setPassword}
        />
        <PasswordRules password={password} username={username} />
        <PasswordField
          label={t('setup.repeat')}
          autoComplete="new-password"
          value={repeated}
          error={differs ? t('setup.mismatch') : undefined}
          onChange={setRepeated}
        />
        <div role="alert">
          {problem?.fields.length === 0 && (
            <p className="notice notice-bad">
              <Icon name="warning" />
              {problem.message}
            </p>
          )}
        </div>
        <Button look="primary" type="submit" busy={save.isPending}>
          {t('setup.submit')}
        </Button>
      </form>
    </DoorFrame>
  );
}
