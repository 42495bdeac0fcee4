import type { Me, Role } from '../api/types.js';

/** What the menus offer; the server decides what is allowed. */
export function seesTickets({ roles }: Me): boolean {
  return has(roles, 'agent', 'supervisor', 'administrator');
}

/** Meja unit: units, and the supervisor who passes on what lies too long. */
export function seesDesk({ roles }: Me): boolean {
  return has(roles, 'unit-member', 'head-of-unit', 'supervisor');
}

/** Bookings: the contact centre, and the units that hold them. */
export function seesBookings({ roles }: Me): boolean {
  return has(roles, 'agent', 'supervisor', 'administrator', 'unit-member', 'head-of-unit');
}

/** Gives bookings their time. */
export function plansBookings({ roles }: Me): boolean {
  return has(roles, 'agent', 'supervisor');
}

/** The reception's pages: who works there, and agents, who look. */
export function seesReception({ roles }: Me): boolean {
  return has(roles, 'receptionist', 'agent', 'supervisor');
}

/** Takes visits from step to step. */
export function worksReception({ roles }: Me): boolean {
  return has(roles, 'receptionist', 'supervisor');
}

/** Surat: the posts that letters pass, the contact centre, and units that letters are addressed to. */
export function seesLetters({ roles, post }: Me): boolean {
  return post !== null || has(roles, 'agent', 'supervisor', 'unit-member', 'head-of-unit');
}

export function isAdministrator({ roles }: Me): boolean {
  return has(roles, 'administrator');
}

export function seesAudit({ roles }: Me): boolean {
  return has(roles, 'administrator', 'supervisor');
}

function has(roles: readonly Role[], ...wanted: Role[]): boolean {
  return wanted.some((role) => roles.includes(role));
}
