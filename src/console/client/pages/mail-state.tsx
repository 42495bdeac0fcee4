import type { ReactNode } from 'react';
import type { MailSummary } from '../api/types.js';
import { t } from '../text/text.js';

const WORDS = { queued: 'mails.stateQueued', sent: 'mails.stateSent', failed: 'mails.stateFailed' } as const;

/** Queued, sent or failed, with the reason the mail server gave. */
export function MailState({ mail: { state, reason, attempts } }: { mail: MailSummary }): ReactNode {
  return (
    <>
      <span className={`status status-${state}`}>{t(WORDS[state])}</span>
      {attempts > 1 && <span className="cell-note">{t('mails.attempts', { count: attempts })}</span>}
      {reason && <span className="cell-note cell-bad">{reason}</span>}
    </>
  );
}
