import type { Turn } from '../conversation/dialog.js';
import type { TicketOutcome } from '../services/tickets/ticket-outcome.js';

/** The answer with its legal basis, and the minutes as a file (R-A6). */
export function tellAnswer(turn: Turn, { ticket, minutes }: TicketOutcome): void {
  const legalBasis = ticket.legalBasis.map((basis) => `• ${basis}`).join('\n');
  const basis = legalBasis === '' ? '' : `\n\n${turn.t('feedback:legalBasis')}\n${legalBasis}`;
  turn.say(turn.t('feedback:answered', { number: ticket.number, answer: ticket.answer ?? '' }) + basis);
  if (!minutes) return;
  const { email } = ticket.profile;
  const mailed = email ? turn.t('feedback:minutesMailed', { email }) : '';
  turn.sendFile(minutes.file, `${turn.t('feedback:minutes', { number: minutes.number })} ${mailed}`.trim());
}
