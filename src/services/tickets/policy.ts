import type { TicketKind } from '../../models/ticket.js';

/** R-A3: working days until an answer that is not escalated is due. */
export const ANSWER_WORKING_DAYS: Readonly<Record<TicketKind, number>> = {
  consultation: 2,
  assistance: 2,
};
