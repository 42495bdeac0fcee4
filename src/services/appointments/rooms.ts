import type { BookingKind } from '../../models/ticket.js';

/** Where a visit or conference takes place (R-B3, R-C3); one at a time. */
export interface Room {
  /** Stays; claims are made of it. */
  code: string;
  name: string;
  kinds: readonly BookingKind[];
  active: boolean;
}

/** What an office begins with; administrators edit their own copy from then on. */
export const DEFAULT_ROOMS: readonly Room[] = [
  { code: 'vc-lantai-3', name: 'Ruang VC lantai 3', kinds: ['visit', 'video-network'], active: true },
  {
    code: 'teams-1',
    name: 'Microsoft Teams Call Center DJPK (1)',
    kinds: ['video-application'],
    active: true,
  },
  {
    code: 'teams-2',
    name: 'Microsoft Teams Call Center DJPK (2)',
    kinds: ['video-application'],
    active: true,
  },
];

/** Rooms in which it can be held now, in their order. */
export function roomsFor(rooms: readonly Room[], kind: BookingKind): Room[] {
  return rooms.filter((room) => room.active && room.kinds.includes(kind));
}
