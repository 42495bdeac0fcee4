import type { AppointmentState } from '../../models/appointment.js';

/** What a Daftar Reservasi Tamu Harian lists (R-C7): the visits of one day in the order they come. */
export interface DayListData {
  /** yyyy-MM-dd */
  date: string;
  /** Printed, and the date of the file. */
  madeAt: Date;
  visits: readonly DayListVisit[];
}

export interface DayListVisit {
  /** Of the ticket. */
  number: string;
  startsAt: Date;
  endsAt: Date;
  /** Name of the room. */
  room: string;
  agency: string;
  region: string | null;
  guests: readonly { name: string; position: string | null }[];
  purpose: string;
  /** Name of the unit. */
  unit: string;
  consultant: string | null;
  state: AppointmentState;
  /** What is known so far of the day itself; printed it is written in by hand. */
  guestCard: string | null;
  arrivedAt: Date | null;
  leftAt: Date | null;
}
