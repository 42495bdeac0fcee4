import type { Guest } from '../../models/appointment.js';

/** R-C5: two guests; four where a regional head or the chair of the DPRD is among them. */
export function guestsLimit(guests: readonly Pick<Guest, 'isHead'>[]): number {
  return guests.some(({ isHead }) => isHead) ? 4 : 2;
}
