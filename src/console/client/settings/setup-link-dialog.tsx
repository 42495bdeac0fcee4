import { useRef, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogFoot } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { toast } from '../ui/toast.js';

export interface SetupLink {
  name: string;
  url: string;
}

/** Shows the one-time link with which somebody sets a password. */
export function SetupLinkDialog({
  link: { name, url },
  onClose,
}: {
  link: SetupLink;
  onClose: () => void;
}): ReactNode {
  const box = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
      toast(t('common.copied'));
    } catch {
      // Without https the clipboard is closed to pages: the link is marked for Ctrl+C.
      box.current?.select();
    }
  };
  return (
    <Dialog title={t('staff.linkTitle', { name })} onClose={onClose}>
      <div className="dialog-body">
        <p>{t('staff.linkHint')}</p>
        <Field label={t('staff.link')}>
          {(input) => (
            <input {...input} ref={box} readOnly value={url} onFocus={(event) => event.target.select()} />
          )}
        </Field>
      </div>
      <DialogFoot>
        <Button onClick={onClose}>{t('common.close')}</Button>
        <Button look="primary" icon="copy" onClick={() => void copy()}>
          {t('staff.copyLink')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
