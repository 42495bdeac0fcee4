import type { Escalation } from '../models/escalation.js';
import { escalateTicket, type EscalateTicketInput } from '../services/escalations/escalate-ticket.js';
import type { EscalationView } from '../services/escalations/escalation-view.js';
import { viewAfterStep } from '../services/escalations/get-escalation.js';
import { relayAnswer } from '../services/escalations/relay-answer.js';
import { takeStep, type TakeStepInput } from '../services/escalations/take-step.js';
import type { Actor } from '../services/service-context.js';
import type { Engine } from './engine.js';
import { settleEscalation } from './settle-escalations.js';

/** R-A5: escalates and tells everybody. @throws as `escalateTicket` */
export async function escalateAndSettle(engine: Engine, input: EscalateTicketInput): Promise<EscalationView> {
  return settled(engine, input, await escalateTicket(engine.services, input));
}

export type StepInput = Omit<TakeStepInput, 'actor' | 'files' | 'byName'> & { actor: Actor };

/**
 * One step of staff, wherever they pressed. `user-answer` without words and files hands over what the user has written since
 * they were asked.
 * @throws as `takeStep`
 */
export async function stepAndSettle(engine: Engine, input: StepInput): Promise<EscalationView> {
  const bare = input.step === 'user-answer' && !input.text?.trim() && !input.fileIds?.length;
  const taken = bare ? await relayAnswer(engine.services, input) : await takeStep(engine.services, input);
  return settled(engine, input, taken);
}

async function settled(
  engine: Engine,
  { actor, now }: { actor: Actor; now: Date },
  { _id: id }: Escalation,
): Promise<EscalationView> {
  await settleEscalation(engine, id, now);
  return viewAfterStep(engine.services, { id, actor, now });
}
