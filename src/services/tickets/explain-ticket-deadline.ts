import type { Ticket } from '../../models/ticket.js';
import type { IndonesianZone } from '../../shared/format-time.js';
import type { Language } from '../../shared/i18n.js';
import { explainDeadline, formatDeadline } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import { ANSWER_WORKING_DAYS } from './policy.js';

interface ExplainTicketDeadlineInput {
  ticket: Pick<Ticket, 'kind' | 'receivedAt' | 'countedFrom' | 'dueAt'>;
  language: Language;
  /** The reader's zone (R-T1); WIB unless given. */
  zone?: IndonesianZone;
}

/** The arithmetic of a ticket's due date in one sentence (R-A3, R-T4). The date promised to the user stands. */
export function explainTicketDeadline(
  { reference, texts }: ServiceContext,
  { ticket, language, zone }: ExplainTicketDeadlineInput,
): string {
  const { receivedAt, countedFrom, dueAt } = ticket;
  const explanation = explainDeadline(reference.calendar, receivedAt, ANSWER_WORKING_DAYS[ticket.kind]);
  return formatDeadline({ ...explanation, countedFrom, dueAt }, texts.for(language), { language, zone });
}
