/** What a Daftar Hadir states (R-C9). */
export interface AttendanceListData {
  /** Number of the ticket. */
  number: string;
  /** Printed, and the date of the file. */
  madeAt: Date;
  startsAt: Date;
  endsAt: Date;
  /** Name of the room. */
  room: string;
  agency: string;
  region: string | null;
  purpose: string;
  /** Those who are here, or all who are named while nobody has come; a box to sign in where there is no picture. */
  guests: readonly AttendanceLine[];
  /** Null prints an empty line. */
  consultant: AttendanceLine | null;
}

export interface AttendanceLine {
  name: string;
  position: string | null;
  /** Drawn on the screen: PNG. One that cannot be read leaves its box empty. */
  signature: Uint8Array | null;
}
