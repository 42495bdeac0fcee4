import type { ReactNode } from 'react';
import { liveState } from '../api/live.js';
import { useStore } from '../state/use-store.js';
import { t } from '../text/text.js';
import { Icon } from '../ui/icon.js';

/** A broken line to the server is said at the top of every page. */
export function LiveBanner(): ReactNode {
  const state = useStore(liveState);
  return (
    <div role="status">
      {state === 'lost' && (
        <p className="live-banner">
          <Icon name="refresh" />
          <strong>{t('live.lost')}</strong> <span>{t('live.lostHint')}</span>
        </p>
      )}
    </div>
  );
}

/** The small lamp in the menu. */
export function LiveLamp(): ReactNode {
  const state = useStore(liveState);
  return (
    <span className={`live-lamp live-${state}`}>
      <span className="live-dot" aria-hidden="true" />
      {t(`live.${state}`)}
    </span>
  );
}
