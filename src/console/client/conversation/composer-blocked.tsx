import type { ReactNode } from 'react';
import type { Ticket } from '../api/types.js';
import { t } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';

/** Why there is nothing to reply with, and the way out where there is one. */
export function ComposerBlocked({
  ticket,
  onTakeOver,
}: {
  ticket: Ticket;
  onTakeOver: () => void;
}): ReactNode {
  const { status, allowed, holderName, assignee } = ticket;
  const ended = status === 'resolved' || status === 'closed';
  const mayTakeOver = allowed.includes('take-over');
  const holder = holderName ?? assignee?.name;
  const why = ended
    ? t('composer.closed')
    : holder
      ? t('composer.notYours', { name: holder })
      : mayTakeOver
        ? t('composer.botHolds')
        : t('composer.readOnly');
  return (
    <div className="composer-blocked">
      <p>
        <Icon name="info" />
        {why}
      </p>
      {mayTakeOver && (
        <Button small icon="person" onClick={onTakeOver}>
          {t('action.takeOver')}
        </Button>
      )}
    </div>
  );
}
