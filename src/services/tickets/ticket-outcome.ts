import type { FileReference } from '../../models/message.js';
import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { recordingOf } from '../appointments/recording-of.js';
import { findTicketMinutes } from '../minutes/find-minutes.js';
import type { ServiceContext } from '../service-context.js';

/** What a user is told at the end: the ticket, and the BAK once there is one. */
export interface TicketOutcome {
  ticket: Ticket;
  minutes: { number: string; verificationUrl: string; file: FileReference } | undefined;
  /** R-B6: of the conference that it was about. */
  recordingUrl: string | null;
}

/** @throws DomainError not-found */
export async function ticketOutcome(context: ServiceContext, ticketId: string): Promise<TicketOutcome> {
  const ticket = await context.models.tickets.findById(ticketId).lean();
  if (!ticket) throw new DomainError('not-found');
  const minutes = await findTicketMinutes(context, ticketId);
  return { ticket, minutes, recordingUrl: await recordingOf(context, ticket) };
}
