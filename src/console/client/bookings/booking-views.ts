/** What the list of bookings can show; the server knows the same names. */
export const BOOKING_VIEWS = ['planning', 'waiting', 'scheduled', 'today', 'over', 'closed'] as const;
export type BookingView = (typeof BOOKING_VIEWS)[number];
