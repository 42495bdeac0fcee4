import type { ReactNode } from 'react';
import type { BookingDialogName, BookingDialogProps } from './booking-dialog-props.js';
import { ConsultantDialog } from './consultant-dialog.js';
import { GuestsDialog } from './guests-dialog.js';
import { LetterDialog } from './letter-dialog.js';
import { MeetingDialog } from './meeting-dialog.js';
import { ProposeDialog } from './propose-dialog.js';
import { ReportDialog } from './report-dialog.js';
import { TimeDialog } from './time-dialog.js';
import { TrialDialog } from './trial-dialog.js';
import { WordsDialog } from './words-dialog.js';

/** The window for one step. */
export function BookingDialog({
  name,
  ...props
}: BookingDialogProps & { name: BookingDialogName }): ReactNode {
  switch (name) {
    case 'letter':
      return <LetterDialog {...props} />;
    case 'book':
      return <TimeDialog {...props} />;
    case 'propose':
      return <ProposeDialog {...props} />;
    case 'assign':
      return <ConsultantDialog {...props} />;
    case 'meeting':
      return <MeetingDialog {...props} />;
    case 'trial':
      return <TrialDialog {...props} />;
    case 'guests':
      return <GuestsDialog {...props} />;
    case 'report':
      return <ReportDialog {...props} />;
    default:
      return <WordsDialog {...props} step={name} />;
  }
}
