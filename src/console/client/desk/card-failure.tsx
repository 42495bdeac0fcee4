import type { ReactNode } from 'react';
import { describeReason } from '../text/describe-reason.js';
import { t } from '../text/text.js';
import { Icon } from '../ui/icon.js';

/** Says that the unit does not see in Teams how it stands, and why; nothing where it does. */
export function CardFailure({ code }: { code: string | null }): ReactNode {
  if (code === null) return null;
  const { what, known } = describeReason(code);
  return (
    <p className="notice notice-bad" role="status">
      <Icon name="warning" />
      {t('escalation.cardFailure', { reason: known ? what : code })}
    </p>
  );
}
