import { useState, type ReactNode } from 'react';
import { useList, useUnits } from '../api/queries.js';
import type { Consultant } from '../api/types/appointments.js';
import { seesTickets } from '../state/roles.js';
import { t } from '../text/text.js';
import { Field } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import type { BookingDialogProps } from './booking-dialog-props.js';
import { Refusal } from './refusal.js';
import { useBookingStep } from './use-booking-step.js';

/** Which unit has it, and who of it meets the user. A unit's own people choose among themselves. */
export function ConsultantDialog({ appointment, me, onClose }: BookingDialogProps): ReactNode {
  const [unitCode, setUnitCode] = useState(appointment.unit.code);
  const [consultantId, setConsultantId] = useState(appointment.consultant?.id ?? '');
  const { data: units = [] } = useUnits();
  const { data: people = [] } = useList<Consultant>('consultants');
  const step = useBookingStep({ me, onDone: onClose });
  const offered = people.filter((person) => person.unitCode === unitCode);
  const known = consultantId === '' || offered.some(({ id }) => id === consultantId);
  return (
    <FormDialog
      title={t('bookings.tool.assign')}
      busy={step.busy}
      onClose={onClose}
      onSubmit={() =>
        step.take(appointment.id, { step: 'assign', unitCode, consultantId: consultantId || null })
      }
    >
      <Refusal text={step.refusal} />
      {seesTickets(me) && (
        <Field label={t('panel.unit')}>
          {(input) => (
            <select
              {...input}
              value={unitCode}
              onChange={(event) => {
                setUnitCode(event.target.value);
                setConsultantId('');
              }}
            >
              {units
                .filter(({ code, active }) => active || code === unitCode)
                .map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
            </select>
          )}
        </Field>
      )}
      <Field label={t('bookings.consultant')} hint={t('bookings.consultantHint')}>
        {(input) => (
          <select {...input} value={consultantId} onChange={(event) => setConsultantId(event.target.value)}>
            <option value="">{t('bookings.noConsultant')}</option>
            {!known && <option value={consultantId}>{appointment.consultant?.name}</option>}
            {offered.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </FormDialog>
  );
}
