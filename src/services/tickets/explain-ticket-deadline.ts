import { isBooking, type Ticket } from '../../models/ticket.js';
import type { IndonesianZone } from '../../shared/format-time.js';
import type { Language } from '../../shared/i18n.js';
import { explainDeadline, formatDeadline } from '../../shared/working-time.js';
import { pausesUntil } from '../deadlines/pauses.js';
import { latestRulesMove } from '../deadlines/rules-move.js';
import type { ServiceContext } from '../service-context.js';
import { workingDaysFor } from './policy.js';

interface ExplainTicketDeadlineInput {
  ticket: Pick<
    Ticket,
    | 'kind'
    | 'status'
    | 'escalatedAt'
    | 'receivedAt'
    | 'countedFrom'
    | 'dueAt'
    | 'deadline'
    | 'resolvedAt'
    | 'closedAt'
  >;
  language: Language;
  /** The reader's zone (R-T1); WIB unless given. */
  zone?: IndonesianZone;
  now: Date;
}

/**
 * The arithmetic of a ticket's due date in one sentence (R-A3, R-A4, R-T4), with pauses, the latest change of the rules and,
 * once it was missed, the date promised instead (R-E2). The date promised to the user stands.
 */
export function explainTicketDeadline(
  context: ServiceContext,
  { ticket, language, zone, now }: ExplainTicketDeadlineInput,
): string {
  const { reference, texts } = context;
  const { kind, receivedAt, countedFrom, dueAt, deadline } = ticket;
  const workingDays =
    deadline?.workingDays ?? workingDaysFor(context, kind, { escalated: Boolean(ticket.escalatedAt) });
  const endedAt = ticket.resolvedAt ?? ticket.closedAt;
  const pauses = pausesUntil(deadline?.pauses ?? [], endedAt ?? now);
  const explanation = explainDeadline(reference.calendar, receivedAt, workingDays, pauses);
  const changed = latestRulesMove(deadline);
  return formatDeadline(
    {
      ...{ ...explanation, countedFrom, dueAt },
      waitingSince: endedAt ? undefined : deadline?.pauses.find(({ to }) => to === null)?.from,
      booking: isBooking(kind) ? (ticket.status === 'scheduled' ? 'session' : 'planned') : undefined,
      moved: changed && { from: changed.from, reason: changed.reason },
      promisedAt: deadline?.breach?.dueAt,
    },
    texts.for(language),
    { language, zone },
  );
}
