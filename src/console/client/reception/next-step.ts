import type { Visit } from '../api/types/reception.js';

/** The places of the sequence on a visit's page. */
export const PLACES = [
  'arrive',
  'call',
  'meet',
  'attendance',
  'orders',
  'minutes',
  'hand-over',
  'leave',
] as const;
export type Place = (typeof PLACES)[number];

/** What is to be done next; null when everything is, or nothing can be. */
export function nextPlace({ phase, guests, reported }: Visit): Place | null {
  switch (phase) {
    case 'expected':
      return 'arrive';
    case 'arrived':
      return 'call';
    case 'called':
      return 'meet';
    case 'met':
      if (guests.every(({ attendance }) => attendance === null)) return 'attendance';
      if (guests.some(({ travelOrder }) => travelOrder?.signedAt === null)) return 'orders';
      return reported ? 'hand-over' : 'minutes';
    case 'handed-over':
      return 'leave';
    case 'left':
    case null:
      return null;
  }
}

/** Whether a place of the sequence lies behind. */
export function isDone(place: Place, visit: Visit): boolean {
  const { arrivedAt, calledAt, metAt, guests, reported, handedOverAt, leftAt } = visit;
  switch (place) {
    case 'arrive':
      return arrivedAt !== null;
    case 'call':
      return calledAt !== null || metAt !== null;
    case 'meet':
      return metAt !== null;
    case 'attendance':
      return guests.some(({ attendance }) => attendance !== null);
    case 'orders':
      return hasSignedOrders(guests);
    case 'minutes':
      return reported;
    case 'hand-over':
      return handedOverAt !== null;
    case 'leave':
      return leftAt !== null;
  }
}

function hasSignedOrders(guests: Visit['guests']): boolean {
  const orders = guests.flatMap(({ travelOrder }) => travelOrder ?? []);
  return orders.length > 0 && orders.every(({ signedAt }) => signedAt !== null);
}
