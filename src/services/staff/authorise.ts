import type { Role } from '../../models/staff.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor } from '../service-context.js';

/**
 * Passes when the actor holds at least one of the roles.
 * @throws DomainError not-allowed
 */
export function requireRole(actor: Actor, ...roles: Role[]): void {
  if (!hasRole(actor, ...roles)) throw new DomainError('not-allowed');
}

export function hasRole(actor: Actor, ...roles: Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role));
}
