/** A node of an Adaptive Card as JSON. */
export type CardNode = Readonly<Record<string, unknown>>;

/** What a unit's card shows of an escalation; the view of the services is one. */
export interface CardData {
  id: string;
  version: number;
  state: CardState;
  ticketNumber: string;
  unit: { name: string };
  asker: { name: string | null; agency: string | null; regionName: string | null };
  summary: string;
  question: string;
  files: readonly { name: string }[];
  dueAt: Date;
  overdue: boolean;
  assignee: { name: string } | null;
  reminders: number;
  answer: { text: string; legalBasis: readonly string[]; files: readonly { name: string }[] } | null;
  thread: readonly CardLine[];
}

export interface CardLine {
  step: string;
  at: Date;
  byName: string;
  text?: string;
  toUnit?: { name: string };
}

export type CardState = 'sent' | 'claimed' | 'asking' | 'submitted' | 'approved' | 'declined' | 'withdrawn';

/** Steps a card has a button for. */
export const CARD_STEPS = [
  ...(['claim', 'approve', 'return', 'answer', 'ask-user', 'pass-on', 'decline'] as const),
] as const;
export type CardStep = (typeof CARD_STEPS)[number];

export interface CardUnit {
  code: string;
  name: string;
}

/** What stands behind a button, together with the inputs of its form (`<step>.text`, `.legalBasis`, `.toUnitCode`). */
export interface CardStepData {
  v: 1;
  kind: 'escalation';
  id: string;
  version: number;
  step: CardStep;
}
