import type { Ticket } from '../../models/ticket.js';

/** The date the user may rely on: the new one after a breach (R-E2), otherwise the due date. */
export function promisedDate({ dueAt, deadline }: Pick<Ticket, 'dueAt' | 'deadline'>): Date {
  return deadline?.breach?.dueAt ?? dueAt;
}
