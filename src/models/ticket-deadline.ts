/** What moved a due date. 'calendar': a day off; 'hours', 'policy': set by an administrator; 'pause': waiting for the user. */
export type DueChangeReason = 'calendar' | 'hours' | 'policy' | 'pause' | 'escalation';

/** Waiting for the user (status `waiting-user`), or for the agreed time of a booking (`scheduled`). */
export interface TicketPause {
  from: Date;
  /** Null while it lasts. */
  to: Date | null;
  /** The due date before it. */
  dueAt: Date;
}

/** One line of a due date's history. */
export interface DueChange {
  at: Date;
  from: Date;
  to: Date;
  reason: DueChangeReason;
  /** Name of the administrator; null when nobody's act moved it. */
  by: string | null;
}

/** How a ticket's due date came about, and what the user knows of it. */
export interface TicketDeadline {
  /** Every write of the deadline adds one: two that count it at once come to one result. */
  version: number;
  /** What it was counted by. */
  clock: string;
  workingDays: number;
  /** Fingerprint of the calendar and clocks it was counted by. */
  rules: string;
  /** The latest 50. */
  pauses: TicketPause[];
  /** The latest 50. */
  changes: DueChange[];
  /** The date the user was told last, or moved by not answering. */
  toldDueAt: Date;
  /** When the user is told of a breach or of a later date: within office hours only. */
  tellAt: Date | null;
  /** R-E2: the date that was missed is the ticket's; this one is promised instead. */
  breach: { at: Date; dueAt: Date; toldAt: Date | null } | null;
}
