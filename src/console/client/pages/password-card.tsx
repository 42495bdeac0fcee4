import { useState, type ReactNode } from 'react';
import { ApiError, request } from '../api/request.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Card } from '../ui/page.js';
import { fieldError, useChange } from '../ui/use-change.js';
import { PasswordField } from './password-field.js';
import { PasswordRules } from './password-rules.js';

export function PasswordCard({ username }: { username: string }): ReactNode {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useChange({
    run: () => request('/session/password', { method: 'POST', body: { current, next } }),
    refresh: ['sessions'],
    said: () => t('account.changed'),
    onDone: () => {
      setCurrent('');
      setNext('');
    },
  });
  const wrong =
    change.error instanceof ApiError && change.error.code === 'wrong-credentials'
      ? change.error.message
      : undefined;
  return (
    <Card title={t('account.password')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <PasswordField
          label={t('account.current')}
          autoComplete="current-password"
          value={current}
          error={wrong ?? fieldError(change.error, 'current')}
          onChange={setCurrent}
        />
        <PasswordField
          label={t('account.next')}
          autoComplete="new-password"
          value={next}
          error={fieldError(change.error, 'next')}
          onChange={setNext}
        />
        <PasswordRules password={next} username={username} />
        <div className="form-foot">
          <Button type="submit" busy={change.isPending}>
            {t('account.change')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
