import { isBooking, type Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';

/** R-B6: where the recording of a ticket's conference can be seen; null where there is none. */
export async function recordingOf(
  { models }: ServiceContext,
  { _id: ticketId, kind }: Pick<Ticket, '_id' | 'kind'>,
): Promise<string | null> {
  if (!isBooking(kind)) return null;
  const found = await models.appointments.findOne({ ticketId }, { report: 1 }).lean();
  return found?.report?.recordingUrl ?? null;
}
