import { useState, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Field } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import type { BookingDialogProps } from './booking-dialog-props.js';
import { Refusal } from './refusal.js';
import { useBookingStep } from './use-booking-step.js';

/** A step that needs nothing but words: why it ends, or how a hindrance was solved (R-B5). */
export function WordsDialog({
  appointment: { id },
  me,
  step: name,
  onClose,
}: BookingDialogProps & { step: 'cancel' | 'decline' | 'solve' }): ReactNode {
  const [words, setWords] = useState('');
  const step = useBookingStep({ me, onDone: onClose });
  return (
    <FormDialog
      title={t(`bookings.words.${name}.title`)}
      action={t(`bookings.words.${name}.submit`)}
      busy={step.busy}
      onClose={onClose}
      onSubmit={() => {
        const text = words.trim();
        step.take(id, name === 'solve' ? { step: name, remark: text } : { step: name, reason: text });
      }}
    >
      <p>{t(`bookings.words.${name}.text`)}</p>
      <Refusal text={step.refusal} />
      <Field label={t(`bookings.words.${name}.label`)} error={step.field('reason') ?? step.field('remark')}>
        {(input) => (
          <textarea
            {...input}
            rows={3}
            required
            maxLength={1000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
