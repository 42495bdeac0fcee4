import type { ReactNode } from 'react';
import type { ChannelReport } from '../api/types.js';
import { t } from '../text/text.js';
import { Icon, type IconName } from '../ui/icon.js';

const ICONS: Readonly<Record<ChannelReport['state'], IconName>> = {
  up: 'checkCircle',
  down: 'warning',
  starting: 'clock',
  off: 'info',
};

/** Up, down, starting or off, by colour, sign and word. */
export function ChannelState({ state }: Pick<ChannelReport, 'state'>): ReactNode {
  return (
    <span className={`status status-${state} with-icon`}>
      <Icon name={ICONS[state]} />
      {t(`channels.${state}`)}
    </span>
  );
}
