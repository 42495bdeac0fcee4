import type { ReactNode } from 'react';
import { t } from '../text/text.js';
import { Button } from './button.js';
import { Dialog, DialogFoot } from './dialog.js';

interface ConfirmDialogProps {
  title: string;
  text: string;
  /** The verb on the button. */
  action: string;
  busy: boolean;
  /** What else there is to know before. */
  children?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot simply be taken back. */
export function ConfirmDialog({
  title,
  text,
  action,
  busy,
  children,
  onConfirm,
  onClose,
}: ConfirmDialogProps): ReactNode {
  return (
    <Dialog title={title} size="small" onClose={onClose}>
      <div className="dialog-body">
        <p>{text}</p>
        {children}
      </div>
      <DialogFoot>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="danger" busy={busy} onClick={onConfirm}>
          {action}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
