import type { ReactNode } from 'react';
import type { EscalationState as State } from '../api/types/escalations.js';
import { t } from '../text/text.js';

/** Looks like the state of a ticket that means as much. */
const LOOKS: Record<State, string> = {
  sent: 'open',
  claimed: 'in-progress',
  asking: 'waiting-user',
  submitted: 'waiting-unit',
  approved: 'resolved',
  declined: 'failed',
  withdrawn: 'closed',
};

export function EscalationState({ state }: { state: State }): ReactNode {
  return <span className={`status status-${LOOKS[state]}`}>{t(`escalation.state.${state}`)}</span>;
}
