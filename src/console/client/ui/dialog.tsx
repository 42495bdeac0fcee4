import { useEffect, useId, useRef, type ReactNode } from 'react';
import { t } from '../text/text.js';
import { IconButton } from './button.js';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  size?: 'small' | 'medium' | 'large';
}

const FIRST_FIELD = 'input:not([type=checkbox], :disabled), textarea, select';

/** A modal window: the browser's own `dialog` keeps the focus inside (first in the first field), makes the rest inert and closes on Esc. */
export function Dialog({ title, onClose, children, size = 'medium' }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // React's autoFocus runs before the window is open, when nothing in it can take the focus.
    dialog?.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog dialog-${size}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={t('common.close')} onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}

/** Row of buttons at the foot of a dialog. */
export function DialogFoot({ children }: { children: ReactNode }): ReactNode {
  return <footer className="dialog-foot">{children}</footer>;
}
