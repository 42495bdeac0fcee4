import type { ReactNode } from 'react';
import type { Me } from '../api/types.js';
import type { CalendarEntry } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { formatFull } from '../text/time.js';
import { FormDialog } from '../ui/form-dialog.js';
import { toast } from '../ui/toast.js';
import { OverrideDialog } from './override-dialog.js';
import { useBookingStep } from './use-booking-step.js';

/** A booking that was dragged to another time. */
export interface Move {
  entry: CalendarEntry;
  startsAt: string;
  /** Draws it where it was. */
  putBack: () => void;
}

/** Asks before a dragged booking is moved: the user is told of it. What is refused goes back, with the reason. */
export function MoveDialog({ move, me, onClose }: { move: Move; me: Me; onClose: () => void }): ReactNode {
  const { entry, startsAt, putBack } = move;
  const giveUp = (): void => {
    putBack();
    onClose();
  };
  const step = useBookingStep({
    me,
    onDone: onClose,
    onRefused: (message, mayOverride) => {
      if (mayOverride) return;
      toast(message, 'bad');
      giveUp();
    },
  });
  if (step.forbidden) return <OverrideDialog step={{ ...step, giveUp }} />;
  return (
    <FormDialog
      title={t('bookings.moveTitle')}
      action={t('bookings.move')}
      busy={step.busy}
      onSubmit={() => step.take(entry.id, { step: 'book', startsAt })}
      onClose={giveUp}
    >
      <p>
        <strong>{entry.name}</strong> · {entry.agency}
      </p>
      <p>
        {formatFull(entry.startsAt)} → <strong>{formatFull(startsAt)}</strong>
      </p>
      <p className="field-hint">{t('bookings.moveHint')}</p>
    </FormDialog>
  );
}
