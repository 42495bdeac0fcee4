import type { ReactNode } from 'react';
import type { LetterSummary } from '../api/types/letters.js';
import { t } from '../text/text.js';

/** Looks like the state of a ticket that means as much. */
const LOOKS = {
  draft: 'open',
  circulating: 'waiting-unit',
  signed: 'resolved',
  withdrawn: 'closed',
} as const;

/** How a letter stands, and with whom it lies. */
export function LetterState({
  letter: { state, turn, replaced },
}: {
  letter: Pick<LetterSummary, 'state' | 'turn' | 'replaced'>;
}): ReactNode {
  const look = replaced ? 'closed' : LOOKS[state];
  const text = turn
    ? t('letters.with', { post: t(`letters.post.${turn}`) })
    : t(replaced ? 'letters.state.replaced' : `letters.state.${state}`);
  return <span className={`status status-${look}`}>{text}</span>;
}
