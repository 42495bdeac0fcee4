import { useState, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import type { BookingDialogProps } from './booking-dialog-props.js';
import { Refusal } from './refusal.js';
import { SessionPicker } from './session-picker.js';
import { useBookingStep } from './use-booking-step.js';

/** As many as a chat can offer to choose from. */
const MOST = 10;

/** R-B3: several times are offered to the user, who picks one in the chat. */
export function ProposeDialog({ appointment: { id }, me, onClose }: BookingDialogProps): ReactNode {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const step = useBookingStep({ me, onDone: onClose });
  const toggle = (startsAt: string): void =>
    setPicked((all) => {
      const next = new Set(all);
      if (!next.delete(startsAt) && next.size < MOST) next.add(startsAt);
      return next;
    });
  return (
    <Dialog title={t('bookings.propose')} onClose={onClose}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          step.take(id, { step: 'propose', startsAts: [...picked].sort() });
        }}
      >
        <div className="dialog-body">
          <p className="field-hint">{t('bookings.proposeHint', { most: MOST })}</p>
          <Refusal text={step.refusal} />
          <SessionPicker
            id={id}
            type="checkbox"
            picked={picked}
            onPick={({ startsAt }) => toggle(startsAt)}
          />
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" icon="send" busy={step.busy} disabled={picked.size === 0}>
            {t('bookings.proposeSubmit', { count: picked.size })}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
