import { useState, type ReactNode } from 'react';
import type { Guest } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { Toggle } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import type { BookingDialogProps } from './booking-dialog-props.js';
import { OverrideDialog } from './override-dialog.js';
import { Refusal } from './refusal.js';
import { useBookingStep } from './use-booking-step.js';

type Line = Omit<Guest, 'id'>;

const NOBODY: Line = { name: '', position: null, isHead: false };

/** R-C5: who comes; two, or four with a regional head or the chair of the DPRD among them. */
export function GuestsDialog({ appointment, me, onClose }: BookingDialogProps): ReactNode {
  const [lines, setLines] = useState<Line[]>(() => {
    const known = appointment.guests.map(({ name, position, isHead }) => ({ name, position, isHead }));
    return known.length > 0 ? known : [{ ...NOBODY, name: appointment.who.name }];
  });
  const step = useBookingStep({ me, onDone: onClose });
  const change = (at: number, to: Partial<Line>): void =>
    setLines((all) => all.map((line, index) => (index === at ? { ...line, ...to } : line)));
  const submit = (): void => {
    const guests = lines.map(({ name, position, isHead }) => ({
      ...{ name: name.trim(), isHead },
      position: position === null || position.trim() === '' ? null : position.trim(),
    }));
    step.take(appointment.id, { step: 'guests', guests });
  };
  return (
    <>
      <FormDialog title={t('bookings.guests')} busy={step.busy} onClose={onClose} onSubmit={submit}>
        <p className="field-hint">{t('bookings.guestsHint')}</p>
        <Refusal text={step.refusal} />
        {lines.map((line, index) => (
          <fieldset className="booking-guest" key={index}>
            <legend>{t('bookings.guest', { n: index + 1 })}</legend>
            <input
              aria-label={t('panel.name')}
              placeholder={t('panel.name')}
              required
              maxLength={160}
              value={line.name}
              onChange={(event) => change(index, { name: event.target.value })}
            />
            <input
              aria-label={t('panel.position')}
              placeholder={t('panel.position')}
              maxLength={160}
              value={line.position ?? ''}
              onChange={(event) => change(index, { position: event.target.value })}
            />
            <IconButton
              icon="trash"
              label={t('bookings.removeGuest', { n: index + 1 })}
              disabled={lines.length === 1}
              onClick={() => setLines((all) => all.filter((_line, at) => at !== index))}
            />
            <Toggle
              label={t('bookings.isHead')}
              checked={line.isHead}
              onChange={(isHead) => change(index, { isHead })}
            />
          </fieldset>
        ))}
        <Button
          look="quiet"
          small
          icon="plus"
          disabled={lines.length >= 20}
          onClick={() => setLines((all) => [...all, NOBODY])}
        >
          {t('bookings.addGuest')}
        </Button>
      </FormDialog>
      <OverrideDialog step={step} />
    </>
  );
}
