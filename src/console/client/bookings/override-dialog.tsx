import { useState, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Field } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Icon } from '../ui/icon.js';
import type { BookingStep } from './use-booking-step.js';

/** A supervisor sets a rule aside and says why; both stand in the history and in the audit log. */
export function OverrideDialog({ step }: { step: BookingStep }): ReactNode {
  const [reason, setReason] = useState('');
  const { forbidden } = step;
  if (!forbidden) return null;
  return (
    <FormDialog
      title={t('bookings.override.title')}
      action={t('bookings.override.submit')}
      busy={step.busy}
      onSubmit={() => step.override(reason.trim())}
      onClose={step.giveUp}
    >
      <p className="notice notice-bad" role="alert">
        <Icon name="warning" />
        {forbidden.message}
      </p>
      <p>
        {t('bookings.override.rules')} {forbidden.rules.map((rule) => t(`bookings.rule.${rule}`)).join('; ')}
      </p>
      <Field label={t('bookings.override.reason')} hint={t('bookings.override.reasonHint')}>
        {(input) => (
          <textarea
            {...input}
            rows={3}
            required
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
