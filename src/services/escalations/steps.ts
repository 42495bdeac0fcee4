import type { EscalationStep, OpenEscalationState } from '../../models/escalation.js';

/**
 * What somebody is to an escalation. member: of its unit · holder: a member while it is theirs · head: Kepala Subdit ·
 * deputy: decides while the head is away · agent: whose ticket it is, or a free one · system: the product itself.
 */
export type Standing = 'member' | 'holder' | 'head' | 'deputy' | 'agent' | 'supervisor' | 'system';

/** A step after the first. */
export type LaterStep = Exclude<EscalationStep, 'escalate'>;

type Rule = Readonly<Partial<Record<OpenEscalationState, readonly Standing[]>>>;

const OFFICE = ['agent', 'supervisor', 'system'] as const;

/** Who may do what from which state (R-A5); what is not listed is refused. */
export const STEPS: Readonly<Record<LaterStep, Rule>> = {
  // A head takes over what a member has.
  claim: { sent: ['member', 'head'], claimed: ['head'], asking: ['head'] },
  answer: {
    sent: ['member', 'head'],
    claimed: ['holder', 'head'],
    asking: ['holder', 'head'],
    submitted: ['holder', 'head'],
  },
  'ask-user': { sent: ['member', 'head'], claimed: ['holder', 'head'] },
  'pass-on': {
    sent: ['member', 'head', 'supervisor'],
    claimed: ['holder', 'head', 'supervisor'],
    asking: ['holder', 'head', 'supervisor'],
    submitted: ['head', 'supervisor'],
  },
  decline: {
    sent: ['member', 'head'],
    claimed: ['holder', 'head'],
    asking: ['holder', 'head'],
    submitted: ['head'],
  },
  approve: { submitted: ['head', 'deputy'] },
  return: { submitted: ['head', 'deputy'] },
  withdraw: { sent: OFFICE, claimed: OFFICE, asking: OFFICE, submitted: OFFICE },
  'user-answer': { sent: OFFICE, claimed: OFFICE, asking: OFFICE, submitted: OFFICE },
};

export const LATER_STEPS = Object.keys(STEPS) as [LaterStep, ...LaterStep[]];

/** What decides on an answer holds for the version that was read, and for no other. */
export const DECIDES_ON_ANSWER: ReadonlySet<LaterStep> = new Set(['approve', 'return']);

/** Possible however long the thread has become: after them there is no other. */
const CLOSING: ReadonlySet<LaterStep> = new Set(['approve', 'decline', 'withdraw']);

/** Bounds the stored document. */
const MOST_ENTRIES = 200;

export function mayFrom(
  step: LaterStep,
  state: OpenEscalationState,
  standings: ReadonlySet<Standing>,
): boolean {
  return (STEPS[step][state] ?? []).some((standing) => standings.has(standing));
}

/** Whether it is the state alone that forbids the step. */
export function mayEver(step: LaterStep, standings: ReadonlySet<Standing>): boolean {
  return Object.values(STEPS[step]).some((allowed) => allowed.some((standing) => standings.has(standing)));
}

export function isTooLong(step: LaterStep, version: number): boolean {
  return version >= MOST_ENTRIES - 1 && !CLOSING.has(step);
}
