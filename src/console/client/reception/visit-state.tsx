import type { ReactNode } from 'react';
import type { VisitPhase, VisitSummary } from '../api/types/reception.js';
import { t, tMaybe } from '../text/text.js';

/** Looks like the state of a ticket that means as much. */
const LOOKS: Record<VisitPhase, string> = {
  expected: 'open',
  arrived: 'in-progress',
  called: 'waiting-unit',
  met: 'in-progress',
  'handed-over': 'in-progress',
  left: 'resolved',
};

/** How far a visit is; what is no visit of a day any more says why. */
export function VisitState({
  visit: { phase, state },
}: {
  visit: Pick<VisitSummary, 'phase' | 'state'>;
}): ReactNode {
  if (phase) return <span className={`status status-${LOOKS[phase]}`}>{t(`reception.phase.${phase}`)}</span>;
  const look = state === 'no-show' || state === 'declined' ? 'failed' : 'closed';
  return <span className={`status status-${look}`}>{tMaybe(`reception.state.${state}`) ?? state}</span>;
}
