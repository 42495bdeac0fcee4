import type { ReactNode } from 'react';
import { ApiError } from '../api/request.js';
import { t } from '../text/text.js';
import { Button } from './button.js';
import { Icon, type IconName } from './icon.js';

interface EmptyProps {
  icon: IconName;
  title: string;
  hint: string;
  children?: ReactNode;
}

/** Nothing here yet, and what to do about it. */
export function Empty({ icon, title, hint, children }: EmptyProps): ReactNode {
  return (
    <div className="empty">
      <Icon name={icon} />
      <p className="empty-title">{title}</p>
      <p>{hint}</p>
      {children}
    </div>
  );
}

/** Data did not come; the way to try again. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactNode {
  return (
    <div className="empty" role="alert">
      <Icon name="warning" />
      <p className="empty-title">{t('error.title')}</p>
      <p>{error instanceof ApiError ? error.message : String(error)}</p>
      <Button icon="refresh" onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  );
}

/** Grey lines where rows will be. */
export function Skeleton({
  rows,
  kind = 'line',
}: {
  rows: number;
  kind?: 'line' | 'ticket' | 'bubble';
}): ReactNode {
  return (
    <div className="skeletons" role="status">
      <span className="visually-hidden">{t('common.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={`skeleton skeleton-${kind}`} />
      ))}
    </div>
  );
}
