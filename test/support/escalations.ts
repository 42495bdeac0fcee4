import type { Escalation } from '../../src/models/escalation.js';
import type { Role } from '../../src/models/staff.js';
import type { Ticket } from '../../src/models/ticket.js';
import { escalateTicket } from '../../src/services/escalations/escalate-ticket.js';
import { takeStep, type TakeStepInput } from '../../src/services/escalations/take-step.js';
import type { Actor, ServiceContext } from '../../src/services/service-context.js';
import { DomainError } from '../../src/shared/errors.js';
import { addStaff, MONDAY_MORNING } from './services.js';
import { openSample } from './tickets.js';

export const UNIT = 'dana-transfer-khusus';
export const OTHER_UNIT = 'dana-desa-insentif-otsus';

/** Everybody who has to do with an escalation. */
export interface Cast {
  agent: Actor;
  otherAgent: Actor;
  supervisor: Actor;
  member: Actor;
  colleague: Actor;
  head: Actor;
  /** Decides while the head is away, which the cast's unit begins without. */
  deputy: Actor;
  stranger: Actor;
}

export async function addCast(services: ServiceContext): Promise<Cast> {
  const inUnit = async (username: string, unitCode: string, ...roles: Role[]): Promise<Actor> => {
    const actor = await addStaff(services, username, ...roles);
    await services.models.staff.updateOne({ _id: actor.staffId }, { $set: { unitCode } });
    return actor;
  };
  const cast = {
    agent: await addStaff(services, 'rani', 'agent'),
    otherAgent: await addStaff(services, 'bayu', 'agent'),
    supervisor: await addStaff(services, 'sinta', 'supervisor'),
    member: await inUnit('andi', UNIT, 'unit-member'),
    colleague: await inUnit('dewi', UNIT, 'unit-member'),
    head: await inUnit('hari', UNIT, 'head-of-unit'),
    deputy: await inUnit('wati', UNIT, 'unit-member'),
    stranger: await inUnit('joko', OTHER_UNIT, 'unit-member', 'head-of-unit'),
  };
  await services.models.units.updateOne({ _id: UNIT }, { $set: { deputyId: cast.deputy.staffId } });
  return cast;
}

/** A ticket of the agent's, and what it was escalated to. */
export async function escalateSample(
  services: ServiceContext,
  { agent }: Pick<Cast, 'agent'>,
  now = MONDAY_MORNING,
): Promise<{ ticket: Ticket; escalation: Escalation }> {
  const ticket = await openSample(services, { now });
  const summary = 'Pengguna menanyakan jadwal.';
  const escalation = await escalateTicket(services, { number: ticket.number, actor: agent, summary, now });
  return { ticket, escalation };
}

type Step = Partial<TakeStepInput> & Pick<TakeStepInput, 'step'>;

/** Takes a step at what stands now, with everything that any step needs. */
export async function step(
  services: ServiceContext,
  id: string,
  actor: Actor | null,
  input: Step,
  now = MONDAY_MORNING,
): Promise<Escalation> {
  const { version } = (await services.models.escalations.findById(id).lean())!;
  const filled = { text: 'Sebuah teks contoh.', version, ...defaults(input.step), ...input };
  return takeStep(services, { id, actor, now, ...filled });
}

function defaults(name: string): Partial<TakeStepInput> {
  if (name === 'pass-on') return { toUnitCode: OTHER_UNIT };
  return name === 'answer' ? { legalBasis: ['Peraturan Contoh Nomor 1'] } : {};
}

let copied = 900_000;

/** An untouched ticket like the given one, in another conversation. */
export async function freshTicketOf(
  { models, newId }: ServiceContext,
  template: Ticket,
  { _id: conversationId }: { _id: string },
): Promise<Ticket> {
  copied += 1;
  const _id = newId();
  const ticket = {
    ...{ ...template, _id, number: `DJPK-2026-${copied}`, openingKey: _id, conversationId },
    ...{ status: 'open', assigneeId: null, assigneeName: null, escalation: null, escalatedAt: null },
  } as Ticket;
  await models.tickets.create(ticket);
  return ticket;
}

/** Leads a fresh escalation to a state. */
export async function bringTo(
  services: ServiceContext,
  cast: Cast,
  state: 'sent' | 'claimed' | 'asking' | 'submitted',
): Promise<{ ticket: Ticket; escalation: Escalation }> {
  const { ticket, escalation } = await escalateSample(services, cast);
  const ways = { sent: [], claimed: ['claim'], asking: ['ask-user'], submitted: ['answer'] } as const;
  let reached = escalation;
  for (const name of ways[state]) {
    reached = await step(services, escalation._id, cast.member, { step: name });
  }
  return { ticket, escalation: reached };
}

/** Code of the refusal; 'done' when there was none. */
export async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'done';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
