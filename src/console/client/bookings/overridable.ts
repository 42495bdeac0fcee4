import { ApiError } from '../api/request.js';
import type { Me } from '../api/types.js';
import type { OverridableRule } from '../api/types/appointments.js';

const RULES: Readonly<Record<string, OverridableRule>> = {
  'session-too-early': 'lead-time',
  'region-day-taken': 'region-limit',
  'region-month-full': 'region-limit',
  'letter-used': 'new-letter',
  'too-many-guests': 'guests',
};

/** The rule behind a refusal that a supervisor may set aside; null where there is none, or the reader is none. */
export function overridableRule(error: unknown, { roles }: Pick<Me, 'roles'>): OverridableRule | null {
  if (!(error instanceof ApiError) || !roles.includes('supervisor')) return null;
  return RULES[error.code] ?? null;
}
