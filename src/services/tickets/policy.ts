import type { TicketKind } from '../../models/ticket.js';
import type { ClockName } from '../deadlines/clocks.js';
import type { ServiceContext } from '../service-context.js';

/** The clock a ticket runs by: R-A3, once a unit is asked R-A4. Both count from the question. */
export function clockOf(kind: TicketKind, { escalated }: { escalated: boolean }): ClockName {
  return escalated ? 'escalated' : kind;
}

/** Working days until the answer is due, as the administrator set them. */
export function workingDaysFor(
  { reference }: Pick<ServiceContext, 'reference'>,
  kind: TicketKind,
  options: { escalated: boolean },
): number {
  return reference.clocks[clockOf(kind, options)];
}
