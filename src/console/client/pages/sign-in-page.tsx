import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { changePerson, sessionEnded } from '../api/query-client.js';
import { ApiError, request } from '../api/request.js';
import type { Me } from '../api/types.js';
import { currentTime } from '../state/now.js';
import { useStore } from '../state/use-store.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { DoorFrame } from './door-frame.js';
import { PasswordField } from './password-field.js';

export function SignInPage(): ReactNode {
  const ended = useStore(sessionEnded);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () =>
      request<Me>('/session', { method: 'POST', body: { username: username.trim(), password } }),
    onSuccess: (me) => {
      sessionEnded.set(false);
      changePerson(me);
    },
  });
  const wait = useWait(signIn.error);

  return (
    <DoorFrame title={t('signIn.title')} intro={t('signIn.intro')}>
      {ended && !signIn.isError && (
        <p className="notice">
          <Icon name="info" />
          {t('signIn.expired')}
        </p>
      )}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <Field label={t('signIn.username')}>
          {(input) => (
            <input
              {...input}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              autoFocus
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <PasswordField
          label={t('signIn.password')}
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <div role="alert">
          {signIn.error && (
            <p className="notice notice-bad">
              <Icon name="warning" />
              {describe(signIn.error, wait)}
            </p>
          )}
        </div>
        <Button look="primary" type="submit" busy={signIn.isPending} disabled={wait > 0}>
          {signIn.isPending ? t('signIn.submitting') : t('signIn.submit')}
        </Button>
      </form>
      <p className="door-hint">{t('signIn.forgot')}</p>
    </DoorFrame>
  );
}

function describe(error: unknown, wait: number): string {
  if (!(error instanceof ApiError)) return String(error);
  if (error.code === 'wrong-credentials') return t('signIn.wrong');
  if (error.code !== 'too-many-attempts') return error.message;
  if (wait > 90) return t('signIn.throttledMinutes', { minutes: Math.ceil(wait / 60) });
  return wait > 0 ? t('signIn.throttled', { seconds: wait }) : t('signIn.throttledPlain');
}

/** Counts the seconds down that the server asked to wait. */
function useWait(error: unknown): number {
  const [wait, setWait] = useState(0);
  useEffect(() => {
    if (!(error instanceof ApiError) || error.retryAfter === null) return undefined;
    const until = currentTime().getTime() + error.retryAfter * 1000;
    const tick = (): void => setWait(Math.max(0, Math.ceil((until - currentTime().getTime()) / 1000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => {
      clearInterval(timer);
      setWait(0);
    };
  }, [error]);
  return wait;
}
