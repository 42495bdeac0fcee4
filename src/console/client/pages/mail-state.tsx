import type { ReactNode } from 'react';
import type { MailSummary } from '../api/types.js';
import { describeReason } from '../text/describe-reason.js';
import { t } from '../text/text.js';

const WORDS = { queued: 'mails.stateQueued', sent: 'mails.stateSent', failed: 'mails.stateFailed' } as const;

/** Queued, sent or failed, with the reason in words where it is a code of ours, else as the mail server gave it. */
export function MailState({ mail: { state, reason, attempts } }: { mail: MailSummary }): ReactNode {
  return (
    <>
      <span className={`status status-${state}`}>{t(WORDS[state])}</span>
      {attempts > 1 && <span className="cell-note">{t('mails.attempts', { count: attempts })}</span>}
      {reason && <span className="cell-note cell-bad">{inWords(reason)}</span>}
    </>
  );
}

function inWords(reason: string): string {
  const { what, known } = describeReason(reason);
  return known ? what : reason;
}
