import { useState, type ReactNode } from 'react';
import { useList } from '../api/queries.js';
import type { Appointment, BookRequest, Room } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { Field, Segmented } from '../ui/field.js';
import type { BookingDialogProps } from './booking-dialog-props.js';
import { OverrideDialog } from './override-dialog.js';
import { Refusal } from './refusal.js';
import { SessionPicker } from './session-picker.js';
import { useBookingStep } from './use-booking-step.js';
import { instantOf } from './wib-input.js';

type Way = 'free' | 'other';

/** R-B3, R-C2: books or moves, to a session that is free or to a time as it was agreed. */
export function TimeDialog({ appointment, me, onClose }: BookingDialogProps): ReactNode {
  const [way, setWay] = useState<Way>('free');
  const [picked, setPicked] = useState<BookRequest | null>(null);
  const [other, setOther] = useState<OtherTime>({ date: '', time: '', room: '' });
  const step = useBookingStep({ me, onDone: onClose });
  // As it was when the window was opened: the answer to this very step changes it.
  const [moves] = useState(appointment.agreed !== null);
  const wish = way === 'free' ? picked : requestOf(other);
  return (
    <>
      <Dialog title={moves ? t('bookings.moveTitle') : t('bookings.bookTitle')} onClose={onClose}>
        <form
          className="dialog-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (wish) step.take(appointment.id, { ...wish, version: appointment.version });
          }}
        >
          <div className="dialog-body">
            <p className="field-hint">{moves ? t('bookings.moveHint') : t('bookings.bookHint')}</p>
            {step.forbidden === null && <Refusal text={step.refusal} />}
            <Segmented<Way>
              legend={t('bookings.way')}
              hideLegend
              name="way"
              value={way}
              options={[
                { value: 'free', label: t('bookings.freeSessions') },
                { value: 'other', label: t('bookings.otherTime') },
              ]}
              onChange={setWay}
            />
            {way === 'free' ? (
              <SessionPicker
                id={appointment.id}
                type="radio"
                picked={new Set(picked ? [picked.startsAt] : [])}
                onPick={({ startsAt, room }) => setPicked({ step: 'book', startsAt, room: room.code })}
              />
            ) : (
              <OtherTimeFields kind={appointment.kind} value={other} onChange={setOther} />
            )}
          </div>
          <DialogFoot>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button look="primary" type="submit" icon="calendar" busy={step.busy} disabled={wish === null}>
              {moves ? t('bookings.move') : t('bookings.book')}
            </Button>
          </DialogFoot>
        </form>
      </Dialog>
      <OverrideDialog step={step} />
    </>
  );
}

interface OtherTime {
  /** yyyy-MM-dd and HH:mm in WIB. */
  date: string;
  time: string;
  /** '' for any that is free. */
  room: string;
}

function requestOf({ date, time, room }: OtherTime): BookRequest | null {
  if (date === '' || time === '') return null;
  return { step: 'book', startsAt: instantOf(date, time), ...(room ? { room } : {}) };
}

interface OtherTimeFieldsProps {
  kind: Appointment['kind'];
  value: OtherTime;
  onChange: (value: OtherTime) => void;
}

function OtherTimeFields({ kind, value, onChange }: OtherTimeFieldsProps): ReactNode {
  const { data: rooms = [] } = useList<Room>('rooms');
  const offered = rooms.filter(({ active, kinds }) => active && kinds.includes(kind));
  return (
    <>
      <div className="form-row">
        <Field label={t('bookings.date')}>
          {(input) => (
            <input
              {...input}
              type="date"
              required
              value={value.date}
              onChange={(event) => onChange({ ...value, date: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={t('bookings.clock')}
          hint={kind === 'visit' ? t('bookings.visitTimes') : t('bookings.videoTimes')}
        >
          {(input) => (
            <input
              {...input}
              type="time"
              required
              step={1800}
              value={value.time}
              onChange={(event) => onChange({ ...value, time: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('bookings.room')}>
        {(input) => (
          <select
            {...input}
            value={value.room}
            onChange={(event) => onChange({ ...value, room: event.target.value })}
          >
            <option value="">{t('bookings.anyRoom')}</option>
            {offered.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}
