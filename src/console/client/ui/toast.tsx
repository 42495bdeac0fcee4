import type { ReactNode } from 'react';
import { ApiError } from '../api/request.js';
import { createStore } from '../state/store.js';
import { useStore } from '../state/use-store.js';
import { t } from '../text/text.js';
import { IconButton } from './button.js';
import { Icon } from './icon.js';

interface Toast {
  id: number;
  tone: 'good' | 'bad' | 'plain';
  text: string;
}

const toasts = createStore<readonly Toast[]>([]);
let counter = 0;

/** Says shortly what happened. Bad news stays twice as long. */
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  counter += 1;
  const id = counter;
  toasts.set((all) => [...all.slice(-3), { id, tone, text }]);
  setTimeout(() => dismiss(id), tone === 'bad' ? 12_000 : 6_000);
}

/** Says why something failed, in the server's words where it has some. */
export function toastError(error: unknown): void {
  toast(error instanceof ApiError ? error.message : String(error), 'bad');
}

function dismiss(id: number): void {
  toasts.set((all) => all.filter((item) => item.id !== id));
}

/** Where the short messages appear; spoken politely by screen readers. */
export function Toasts(): ReactNode {
  const all = useStore(toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {all.map(({ id, tone, text }) => (
        <div key={id} className={`toast toast-${tone}`}>
          <Icon name={tone === 'bad' ? 'warning' : tone === 'good' ? 'checkCircle' : 'info'} />
          <span>{text}</span>
          <IconButton icon="close" label={t('common.close')} onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
