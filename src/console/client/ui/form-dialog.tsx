import type { ReactNode } from 'react';
import { t } from '../text/text.js';
import { Button } from './button.js';
import { Dialog, DialogFoot } from './dialog.js';

interface FormDialogProps {
  title: string;
  /** The verb on the button; "Simpan" where nothing else fits. */
  action?: string;
  busy: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a window. The browser checks what is required; the server checks the rest. */
export function FormDialog({ title, action, busy, onSubmit, onClose, children }: FormDialogProps): ReactNode {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <div className="dialog-body">{children}</div>
        <DialogFoot>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" busy={busy}>
            {action ?? t('common.save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
