/**
 * Working days each kind of work is given; an administrator changes them. SE-2 and the SOPs set no time for complaints
 * and suggestions (R-A8): 5 and 10 are the office's own start values, longer than a question because a complaint is heard
 * on both sides.
 */
export const DEFAULT_CLOCKS = {
  /** R-A3. */
  consultation: 2,
  /** R-A4: from the question, not from the escalation. SOP-193 said 5, SE-2 stands. */
  escalated: 3,
  /** R-A3: a wish for a person ends like a question. */
  assistance: 2,
  complaint: 5,
  suggestion: 10,
  /** R-B2: planned by then, by application. */
  'video-application': 3,
  /** R-B2: planned by then, over the ministry's network. */
  'video-network': 5,
  /** R-C1: planned by then. */
  visit: 3,
  /** R-D2. */
  'public-information': 10,
} as const;

export type ClockName = keyof typeof DEFAULT_CLOCKS;
export type Clocks = Readonly<Record<ClockName, number>>;
