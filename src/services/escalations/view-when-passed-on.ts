import type { EscalationView } from './escalation-view.js';

/** What a unit may know of an escalation that it had and passed on: how it stood in that moment, and where it went (R-E3). */
export function viewWhenPassedOn(view: EscalationView, unitCode: string): EscalationView {
  const at = view.thread.findLastIndex(({ step, unit }) => step === 'pass-on' && unit.code === unitCode);
  return {
    ...view,
    ...{ open: false, state: 'sent', overdue: false, reminders: 0, allowed: [] },
    ...{ assignee: null, answer: null, openQuestion: null },
    unit: view.thread[at]?.toUnit ?? view.unit,
    thread: view.thread.slice(0, at + 1),
  };
}
