import { useState, type ReactNode } from 'react';
import type { ChannelName } from '../api/types.js';
import { AttachmentList } from '../conversation/attachment-list.js';
import { useAttachments } from '../conversation/use-attachments.js';
import { currentTime } from '../state/now.js';
import { t, tKnown } from '../text/text.js';
import { Field } from '../ui/field.js';
import { FilePicker } from '../ui/file-picker.js';
import { FormDialog } from '../ui/form-dialog.js';
import type { BookingDialogProps } from './booking-dialog-props.js';
import { OverrideDialog } from './override-dialog.js';
import { Refusal } from './refusal.js';
import { useBookingStep } from './use-booking-step.js';
import { inputsOf, instantOf } from './wib-input.js';

const WAYS: readonly ChannelName[] = ['email', 'whatsapp', 'telegram', 'web-chat'];

/** R-B1, R-C1: a request letter that came some other way than in the user's chat. The earliest day counts from its receipt. */
export function LetterDialog({ appointment, me, onClose }: BookingDialogProps): ReactNode {
  const [facts, setFacts] = useState(() => ({
    ...{ number: '', date: '', sender: appointment.who.agency, addressee: t('bookings.letterDirector') },
    ...inputsOf(currentTime().toISOString()),
  }));
  const [written, setWritten] = useState('');
  const [via, setVia] = useState<ChannelName>('email');
  const [missing, setMissing] = useState(false);
  const files = useAttachments();
  const step = useBookingStep({ me, onDone: onClose });
  const file = files.items.at(-1)?.file;
  const submit = (): void => {
    setMissing(!file);
    if (!file) return;
    const { number, sender, addressee, date, time } = facts;
    step.take(appointment.id, {
      ...{ step: 'letter', fileId: file.fileId, via, date: written },
      ...{ number: number.trim(), sender: sender.trim(), addressee: addressee.trim() },
      receivedAt: instantOf(date, time),
    });
  };
  const words = (name: 'number' | 'sender' | 'addressee', label: string): ReactNode => (
    <Field label={label} error={step.field(name)}>
      {(input) => (
        <input
          {...input}
          required
          maxLength={name === 'number' ? 120 : 200}
          value={facts[name]}
          onChange={(event) => setFacts({ ...facts, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <FormDialog title={t('bookings.letter')} busy={step.busy} onClose={onClose} onSubmit={submit}>
        <Refusal text={missing ? t('bookings.letterFileMissing') : step.forbidden ? null : step.refusal} />
        <div className="booking-letter">
          <FilePicker label={t('bookings.letterFile')} onFiles={files.add} />
          <AttachmentList items={files.items} onRemove={files.remove} />
        </div>
        <div className="form-row">
          {words('number', t('bookings.letterNumber'))}
          <Field label={t('bookings.letterDate')} error={step.field('date')}>
            {(input) => (
              <input
                {...input}
                type="date"
                required
                value={written}
                onChange={(event) => setWritten(event.target.value)}
              />
            )}
          </Field>
        </div>
        {words('sender', t('bookings.letterSender'))}
        {words('addressee', t('bookings.letterTo'))}
        <div className="form-row">
          <Field label={t('bookings.letterReceived')} error={step.field('receivedAt')}>
            {(input) => (
              <input
                {...input}
                type="datetime-local"
                required
                value={`${facts.date}T${facts.time}`}
                onChange={(event) => {
                  const [date = '', time = ''] = event.target.value.split('T');
                  setFacts({ ...facts, date, time: time.slice(0, 5) });
                }}
              />
            )}
          </Field>
          <Field label={t('bookings.letterVia')}>
            {(input) => (
              <select
                {...input}
                value={via}
                onChange={(event) => setVia(WAYS.find((way) => way === event.target.value) ?? via)}
              >
                {WAYS.map((way) => (
                  <option key={way} value={way}>
                    {tKnown('channel', way)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </FormDialog>
      <OverrideDialog step={step} />
    </>
  );
}
