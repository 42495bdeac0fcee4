import type { Me } from '../api/types.js';
import type { Appointment } from '../api/types/appointments.js';

/** The windows of a booking, by the step they take. */
export type BookingDialogName =
  | ('letter' | 'book' | 'propose' | 'assign' | 'meeting' | 'trial' | 'solve')
  | ('guests' | 'report' | 'cancel' | 'decline');

export interface BookingDialogProps {
  appointment: Appointment;
  me: Me;
  onClose: () => void;
}
