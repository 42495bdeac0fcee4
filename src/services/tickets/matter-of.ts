import { isVoice, type Ticket } from '../../models/ticket.js';

/**
 * The key under which what is said about a complaint or suggestion is kept apart from the person's other business (R-A8); null
 * for other tickets, whose words are part of the whole conversation.
 */
export function matterOf({ kind, openingKey }: Pick<Ticket, 'kind' | 'openingKey'>): string | null {
  return isVoice(kind) ? openingKey : null;
}
