import type { TicketKind } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';

/**
 * Working days until the answer is due, as the administrator set them: R-A3, once a unit is asked R-A4. Both count from
 * the question.
 */
export function workingDaysFor(
  { reference }: Pick<ServiceContext, 'reference'>,
  kind: TicketKind,
  { escalated }: { escalated: boolean },
): number {
  return reference.clocks[escalated ? 'escalated' : kind];
}
