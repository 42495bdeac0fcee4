import type { Turn } from '../conversation/dialog.js';
import type { Ticket } from '../models/ticket.js';
import { isBooking, isVoice } from '../services/tickets/kinds.js';
import type { TicketOutcome } from '../services/tickets/ticket-outcome.js';

/** The answer with its legal basis and what the unit enclosed, and the minutes as a file (R-A6). */
export function tellAnswer(turn: Turn, { ticket, minutes, recordingUrl: link }: TicketOutcome): void {
  const legalBasis = ticket.legalBasis.map((basis) => `• ${basis}`).join('\n');
  const basis = legalBasis === '' ? '' : `\n\n${turn.t('feedback:legalBasis')}\n${legalBasis}`;
  const said = isBooking(ticket.kind) ? 'feedback:reported' : 'feedback:answered';
  const recording = link === null ? '' : `\n\n${turn.t('feedback:recording', { link })}`;
  turn.say(turn.t(said, { number: ticket.number, answer: ticket.answer ?? '' }) + basis + recording);
  for (const file of ticket.answerFiles ?? []) turn.sendFile(file);
  if (!minutes) return;
  if (isVoice(ticket.kind)) {
    const letter = turn.t('complaint:letter', { number: minutes.number });
    turn.sendFile(minutes.file, `${letter} ${mailedTo(turn, ticket)}`.trim());
    return;
  }
  const bak = turn.t('feedback:minutes', { number: minutes.number });
  turn.sendFile(minutes.file, `${bak} ${mailedTo(turn, ticket)}`.trim());
}

function mailedTo(turn: Turn, { profile: { email } }: Ticket): string {
  return email ? turn.t('feedback:minutesMailed', { email }) : '';
}
