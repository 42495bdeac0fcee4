export type VisitPhase = 'expected' | 'arrived' | 'called' | 'met' | 'handed-over' | 'left';

export type VisitStepName =
  | ('arrive' | 'call' | 'meet' | 'attendance' | 'check-travel-orders')
  | ('sign-travel-orders' | 'hand-over' | 'leave');

interface Named {
  code: string;
  name: string;
}

export interface VisitClock {
  startedAt: string;
  dueAt: string;
  stoppedAt: string | null;
  minutes: number;
  late: boolean;
}

export interface VisitSummary {
  id: string;
  version: number;
  ticketNumber: string;
  state: string;
  /** Null: it has no time, or nobody came. */
  phase: VisitPhase | null;
  who: { name: string; agency: string; regionName: string | null };
  purpose: string;
  unit: Named;
  consultant: string | null;
  agreed: { startsAt: string; endsAt: string; room: Named } | null;
  guests: string[];
  /** Guests on the attendance list. */
  present: number;
  guestCard: string | null;
  consultantClock: VisitClock | null;
  visitClock: VisitClock | null;
}

export interface VisitGuest {
  id: string;
  name: string;
  position: string | null;
  isHead: boolean;
  attendance: { signature: 'screen' | 'paper'; signatureFileId: string | null; at: string } | null;
  travelOrder: { number: string; signedAt: string | null } | null;
}

export interface Visit extends Omit<VisitSummary, 'guests'> {
  guests: VisitGuest[];
  /** When the guests may be let in. */
  admission: { from: string; until: string } | null;
  arrivedAt: string | null;
  calledAt: string | null;
  metAt: string | null;
  handedOverAt: string | null;
  leftAt: string | null;
  reported: boolean;
  minutes: string | null;
  thread: { step: string; at: string; byName: string }[];
  allowed: VisitStepName[];
}

export interface VisitDay {
  /** yyyy-MM-dd */
  date: string;
  items: VisitSummary[];
}

interface OrderNumber {
  guestId: string;
  number: string;
}

export type VisitStepRequest = { key?: string } & (
  | { step: 'arrive'; guestCards: string[]; room?: string }
  | { step: 'call' | 'meet' | 'hand-over' | 'leave' }
  | { step: 'attendance'; guestId: string; signature: 'screen' | 'paper' | 'absent'; image?: string }
  | { step: 'check-travel-orders' | 'sign-travel-orders'; orders: OrderNumber[] }
);

export interface HowToBook {
  chatUrl: string;
  phone: string;
  whatsapp: string;
  email: string;
  today: number;
}
