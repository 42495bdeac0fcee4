import type { Ticket } from '../../models/ticket.js';
import type { IndonesianZone } from '../../shared/format-time.js';
import type { Language } from '../../shared/i18n.js';
import { explainDeadline, formatDeadline } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import { workingDaysFor } from './policy.js';

interface ExplainTicketDeadlineInput {
  ticket: Pick<Ticket, 'kind' | 'receivedAt' | 'countedFrom' | 'dueAt'>;
  language: Language;
  /** The reader's zone (R-T1); WIB unless given. */
  zone?: IndonesianZone;
}

/** The arithmetic of a ticket's due date in one sentence (R-A3, R-T4). The date promised to the user stands. */
export function explainTicketDeadline(
  context: ServiceContext,
  { ticket, language, zone }: ExplainTicketDeadlineInput,
): string {
  const { reference, texts } = context;
  const { receivedAt, countedFrom, dueAt } = ticket;
  const workingDays = workingDaysFor(context, ticket.kind, { escalated: false });
  const explanation = explainDeadline(reference.calendar, receivedAt, workingDays);
  return formatDeadline({ ...explanation, countedFrom, dueAt }, texts.for(language), { language, zone });
}
