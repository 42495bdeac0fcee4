import type { Appointment, AppointmentState, OverridableRule } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole, requireRole } from '../staff/authorise.js';
import type { By } from './change-appointment.js';

/** A supervisor sets rules of the circular aside, and says why. */
export interface Override {
  rules: readonly OverridableRule[];
  reason: string;
}

const OVER: readonly AppointmentState[] = ['done', 'cancelled', 'no-show', 'declined'];

/** @throws DomainError appointment-over, step-not-possible */
export function requireState({ state }: Appointment, ...allowed: AppointmentState[]): void {
  if (allowed.includes(state)) return;
  throw new DomainError(OVER.includes(state) ? 'appointment-over' : 'step-not-possible');
}

/** What has begun is no longer moved by the user. @throws DomainError step-not-possible */
export function requireAhead({ agreed }: Pick<Appointment, 'agreed'>, now: Date): void {
  if (agreed && agreed.startsAt <= now) throw new DomainError('step-not-possible');
}

/** Users act on their own, which the conversation has seen to; of the staff agents and supervisors. @throws DomainError not-allowed */
export function requirePlanner(by: By): void {
  if (by.kind === 'staff') requireRole(by.actor, 'agent', 'supervisor');
}

/** Agents, supervisors, and the unit that it is for. @throws DomainError not-allowed */
export async function requirePlannerOrUnit(
  { models }: ServiceContext,
  actor: Actor,
  { unitCode }: Pick<Appointment, 'unitCode'>,
): Promise<void> {
  if (hasRole(actor, 'agent', 'supervisor')) return;
  requireRole(actor, 'unit-member', 'head-of-unit');
  const member = await models.staff.exists({ _id: actor.staffId, unitCode, active: true });
  if (!member) throw new DomainError('not-allowed');
}

/** @throws DomainError not-allowed unless a supervisor overrides, reason-missing */
export function checkOverride(by: By, override: Override | undefined): void {
  if (!override || override.rules.length === 0) return;
  if (by.kind !== 'staff') throw new DomainError('not-allowed');
  requireRole(by.actor, 'supervisor');
  requireReason(override.reason);
}

/** @throws DomainError reason-missing, message-too-long */
export function requireReason(text: string): string {
  const reason = text.trim();
  if (reason === '') throw new DomainError('reason-missing');
  if (reason.length > 2_000) throw new DomainError('message-too-long');
  return reason;
}

/** R-B5: while what hindered the trial is not solved, nothing is agreed. @throws DomainError trial-not-passed */
export function requireNoHindrance({ trial }: Pick<Appointment, 'trial'>): void {
  if (trial?.state === 'failed' && !trial.solvedAt) throw new DomainError('trial-not-passed');
}
