import type { Turn } from '../../conversation/dialog.js';
import { DomainError, type ErrorCode } from '../../shared/errors.js';
import { sayDate } from './say.js';

/** Refusals that a chat says in its own words, with the way out; the others read as everywhere. */
const OWN: ReadonlySet<ErrorCode> = new Set([
  ...(['session-taken', 'session-closed', 'session-too-early', 'session-not-offered'] as const),
  ...(['region-day-taken', 'region-month-full', 'hold-over', 'letter-used', 'too-many-guests'] as const),
  ...(['appointment-over', 'step-not-possible', 'trial-not-passed', 'letter-missing'] as const),
]);

/** What a rule's refusal is to the user. */
function refusal(turn: Turn, { code, params }: DomainError): string {
  const { earliest, ...rest } = params;
  const said = { ...rest, earliest: typeof earliest === 'string' ? sayDate(turn, earliest) : '' };
  return turn.t(OWN.has(code) ? `booking:refused.${code}` : `errors:${code}`, said);
}

/** Runs a step; a rule's refusal goes to `otherwise` as words, anything else is thrown on. */
export async function unlessRefused<T, R>(
  turn: Turn,
  step: () => Promise<T>,
  otherwise: (said: string, code: ErrorCode) => R | Promise<R>,
  then: (result: T) => R | Promise<R>,
): Promise<R> {
  let result: T;
  try {
    result = await step();
  } catch (error) {
    if (!(error instanceof DomainError) || error.status >= 500) throw error;
    return otherwise(refusal(turn, error), error.code);
  }
  return then(result);
}
