import { useState, type ReactNode } from 'react';
import { readDraft, writeDraft } from '../state/drafts.js';
import { t } from '../text/text.js';
import { LegalBasisLines } from '../ticket/legal-basis-lines.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import type { BookingDialogProps } from './booking-dialog-props.js';
import { Refusal } from './refusal.js';
import { useBookingStep } from './use-booking-step.js';

/** R-B6, R-C9: what the consultant writes; the BAK is made of it and goes to the user. What is typed is kept as a draft. */
export function ReportDialog({ appointment, me, onClose }: BookingDialogProps): ReactNode {
  const { id, ticketNumber, purpose, kind } = appointment;
  const [answer, setAnswer] = useState(() => readDraft(ticketNumber, 'answer'));
  const [basis, setBasis] = useState(() => readDraft(ticketNumber, 'basis').split('\n'));
  const [recording, setRecording] = useState('');
  const step = useBookingStep({
    me,
    onDone: () => {
      writeDraft(ticketNumber, 'answer', '');
      writeDraft(ticketNumber, 'basis', '');
      onClose();
    },
  });
  const submit = (): void =>
    step.take(id, {
      ...{ step: 'report', answer: answer.trim(), recordingUrl: recording.trim() || null },
      legalBasis: basis.map((line) => line.trim()).filter((line) => line !== ''),
    });
  return (
    <Dialog title={t('bookings.tool.report')} size="large" onClose={onClose}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="dialog-body">
          <section className="quoted" tabIndex={0} aria-label={t('bookings.purpose')}>
            <h3>{t('bookings.purpose')}</h3>
            <p className="prose">{purpose}</p>
          </section>
          <Refusal text={step.refusal} />
          <Field
            label={t('bookings.report.answer')}
            hint={t('bookings.report.hint')}
            error={step.field('answer')}
          >
            {(input) => (
              <textarea
                {...input}
                rows={8}
                required
                maxLength={20_000}
                value={answer}
                onChange={(event) => {
                  setAnswer(event.target.value);
                  writeDraft(ticketNumber, 'answer', event.target.value);
                }}
              />
            )}
          </Field>
          <LegalBasisLines
            lines={basis}
            onChange={(lines) => {
              setBasis(lines);
              writeDraft(ticketNumber, 'basis', lines.join('\n'));
            }}
          />
          {kind !== 'visit' && (
            <Field
              label={`${t('bookings.recording')} (${t('common.optional')})`}
              error={step.field('recordingUrl')}
            >
              {(input) => (
                <input
                  {...input}
                  type="url"
                  maxLength={1000}
                  pattern="https://.+"
                  placeholder="https://"
                  value={recording}
                  onChange={(event) => setRecording(event.target.value)}
                />
              )}
            </Field>
          )}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" icon="check" busy={step.busy}>
            {t('bookings.report.submit')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
