import { useState, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Field } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import type { BookingDialogProps } from './booking-dialog-props.js';
import { Refusal } from './refusal.js';
import { useBookingStep } from './use-booking-step.js';

/** R-B3: the link of the conference, as Teams or another application gave it. */
export function MeetingDialog({ appointment, me, onClose }: BookingDialogProps): ReactNode {
  const [url, setUrl] = useState(appointment.meetingUrl ?? '');
  const step = useBookingStep({ me, onDone: onClose });
  return (
    <FormDialog
      title={t('bookings.meeting')}
      busy={step.busy}
      onClose={onClose}
      onSubmit={() => step.take(appointment.id, { step: 'meeting', url: url.trim() })}
    >
      <Refusal text={step.field('url') === undefined ? step.refusal : null} />
      <Field label={t('bookings.meetingUrl')} hint={t('bookings.meetingHint')} error={step.field('url')}>
        {(input) => (
          <input
            {...input}
            type="url"
            required
            maxLength={1000}
            pattern="https://.+"
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
