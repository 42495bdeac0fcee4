import type { DueChange, TicketDeadline } from '../../models/ticket-deadline.js';

/** The latest move that was neither the user's silence nor an escalation: days off, hours or clocks were changed. */
export function latestRulesMove(
  deadline: Pick<TicketDeadline, 'changes'> | undefined,
): DueChange | undefined {
  return deadline?.changes.filter(({ reason }) => reason !== 'pause' && reason !== 'escalation').at(-1);
}
