import { useState, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Field, Segmented } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import type { BookingDialogProps } from './booking-dialog-props.js';
import { Refusal } from './refusal.js';
import { useBookingStep } from './use-booking-step.js';
import { inputsOf, instantOf } from './wib-input.js';

const RESULTS = ['due', 'passed', 'failed'] as const;

/** R-B5: when the trial run is, and how it went. One that failed postpones the conference until it is solved. */
export function TrialDialog({ appointment: { id, trial }, me, onClose }: BookingDialogProps): ReactNode {
  const before = trial?.at ? inputsOf(trial.at) : { date: '', time: '' };
  const [date, setDate] = useState(before.date);
  const [time, setTime] = useState(before.time);
  const [result, setResult] = useState<(typeof RESULTS)[number]>('due');
  const [hindrance, setHindrance] = useState('');
  const step = useBookingStep({ me, onDone: onClose });
  const submit = (): void =>
    step.take(id, {
      step: 'trial',
      ...(date && time ? { at: instantOf(date, time) } : {}),
      ...(result === 'due' ? {} : { result }),
      ...(result === 'failed' ? { hindrance: hindrance.trim() } : {}),
    });
  return (
    <FormDialog title={t('bookings.trial')} busy={step.busy} onClose={onClose} onSubmit={submit}>
      <Refusal text={step.refusal} />
      <div className="form-row">
        <Field label={t('bookings.date')}>
          {(input) => (
            <input
              {...input}
              type="date"
              required={result === 'due'}
              value={date}
              onChange={(event) => setDate(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('bookings.clock')}>
          {(input) => (
            <input
              {...input}
              type="time"
              required={result === 'due'}
              value={time}
              onChange={(event) => setTime(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Segmented
        legend={t('bookings.trialResult')}
        name="trial-result"
        value={result}
        options={RESULTS.map((value) => ({ value, label: t(`bookings.trialState.${value}`) }))}
        onChange={setResult}
      />
      {result === 'failed' && (
        <Field
          label={t('bookings.hindrance')}
          hint={t('bookings.hindranceHint')}
          error={step.field('hindrance')}
        >
          {(input) => (
            <textarea
              {...input}
              rows={3}
              required
              maxLength={2000}
              value={hindrance}
              onChange={(event) => setHindrance(event.target.value)}
            />
          )}
        </Field>
      )}
    </FormDialog>
  );
}
