import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';

/** One for each guest at most (R-C5). */
const MOST_CARDS = 4;
const CARD = /^[A-Z0-9][A-Z0-9-]{0,11}$/;
const PREFIX = 'card:';
const BETWEEN = ', ';

/**
 * Numbers of guest cards as they are kept: "12, 13".
 * @throws DomainError invalid-input naming `guestCards`
 */
export function readGuestCards(written: readonly string[]): string {
  const cards = written.map((card) => card.trim().toUpperCase()).filter((card) => card !== '');
  const different = new Set(cards);
  const right = cards.length > 0 && cards.length <= MOST_CARDS && different.size === cards.length;
  if (!right || cards.some((card) => !CARD.test(card))) {
    throw new DomainError('invalid-input', { field: 'guestCards' });
  }
  return cards.join(BETWEEN);
}

/** A card is out once at a time on a day: no second visit can claim it. @param date yyyy-MM-dd of the visit */
export function cardClaims(guestCard: string, date: string): string[] {
  return guestCard.split(BETWEEN).map((card) => `${PREFIX}${date}:${card}`);
}

/** What a visit claims beside its guest cards. */
export function claimsWithoutCards({ claims = [] }: Pick<Appointment, 'claims'>): string[] {
  return claims.filter((claim) => !claim.startsWith(PREFIX));
}
