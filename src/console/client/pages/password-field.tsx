import { useState, type ReactNode } from 'react';
import { Field } from '../ui/field.js';
import { IconButton } from '../ui/button.js';
import { t } from '../text/text.js';

interface PasswordFieldProps {
  label: string;
  value: string;
  autoComplete: 'current-password' | 'new-password';
  error?: string | undefined;
  onChange: (value: string) => void;
}

/** A password with a way to look at it. */
export function PasswordField({
  label,
  value,
  autoComplete,
  error,
  onChange,
}: PasswordFieldProps): ReactNode {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} error={error}>
      {(input) => (
        <div className="input-with-button">
          <input
            {...input}
            type={shown ? 'text' : 'password'}
            autoComplete={autoComplete}
            required
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <IconButton
            icon="eye"
            label={shown ? t('signIn.hide') : t('signIn.show')}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          />
        </div>
      )}
    </Field>
  );
}
