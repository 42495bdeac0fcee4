import { useState, type ReactNode } from 'react';
import type { Letter, LetterText } from '../api/types/letters.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { fieldError } from '../ui/use-change.js';

interface LetterEditorProps {
  letter: Letter;
  busy: boolean;
  error: Error | null;
  onSave: (text: LetterText) => void;
  onClose: () => void;
}

/** The text of a letter while it lies with the typist: one addressee or copy a line. */
export function LetterEditor({ letter, busy, error, onSave, onClose }: LetterEditorProps): ReactNode {
  const [draft, setDraft] = useState({
    addressees: letter.addressees.join('\n'),
    copies: letter.copies.join('\n'),
    subject: letter.subject,
    body: letter.body,
  });
  const area = (key: 'addressees' | 'copies' | 'body', rows: number, hint?: string): ReactNode => (
    <Field
      label={t(`letters.field.${key}`)}
      hint={hint}
      error={fieldError(error, `text.${key}`) ?? fieldError(error, key)}
    >
      {(attributes) => (
        <textarea
          {...attributes}
          required={key !== 'copies'}
          rows={rows}
          value={draft[key]}
          onChange={(event) => setDraft({ ...draft, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      className="letter-form"
      aria-label={t('letters.editing')}
      onSubmit={(event) => {
        event.preventDefault();
        const { subject, body } = draft;
        onSave({ addressees: lines(draft.addressees), copies: lines(draft.copies), subject, body });
      }}
    >
      {area('addressees', 2, t('letters.onePerLine'))}
      <Field label={t('letters.field.subject')} error={fieldError(error, 'text.subject')}>
        {(attributes) => (
          <input
            {...attributes}
            required
            maxLength={300}
            value={draft.subject}
            onChange={(event) => setDraft({ ...draft, subject: event.target.value })}
          />
        )}
      </Field>
      {area('body', 18, t('letters.bodyHint'))}
      {area('copies', 2, t('letters.onePerLine'))}
      <div className="letter-actions">
        <Button look="primary" type="submit" busy={busy}>
          {t('common.save')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
