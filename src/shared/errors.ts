/**
 * Every refusal the product can utter, with the HTTP status it becomes at the edge. The sentence a person
 * reads is `errors.<code>` in the locales; `DomainError.message` is for logs and carries no personal data.
 */
export const ERROR_STATUS = {
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'too-many-attempts': 429,
  'not-allowed': 403,
  'setup-token-invalid': 403,
  'weak-password': 422,
  'not-found': 404,
  'invalid-input': 400,
  'ticket-closed': 409,
  'ticket-taken': 409,
  'ticket-not-yours': 409,
  'ticket-not-resolved': 409,
  'already-escalated': 409,
  'escalation-changed': 409,
  'escalation-closed': 409,
  'escalation-too-long': 409,
  'own-answer': 403,
  'answer-missing': 422,
  'question-missing': 422,
  'session-taken': 409,
  'session-closed': 409,
  'session-too-early': 422,
  'session-not-offered': 422,
  'region-day-taken': 409,
  'region-month-full': 409,
  'consultant-busy': 409,
  'hold-over': 409,
  'letter-missing': 422,
  'letter-used': 409,
  'too-many-guests': 422,
  'guests-missing': 422,
  'appointment-changed': 409,
  'appointment-over': 409,
  'step-not-possible': 409,
  'trial-not-passed': 409,
  'reason-missing': 422,
  'visit-outside-time': 409,
  'guest-card-out': 409,
  'attendance-missing': 409,
  'travel-order-without-guest': 422,
  'travel-order-unsigned': 409,
  'report-missing': 409,
  'letter-changed': 409,
  'username-taken': 409,
  'last-administrator': 409,
  'channel-linked': 409,
  'file-too-large': 413,
  'file-type-refused': 415,
  'file-empty': 422,
  'file-name-mismatch': 415,
  'message-too-long': 413,
  conflict: 409,
  'calendar-without-open-day': 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** A rule said no. `params` fill the person's sentence (`errors.<code>`); `cause` keeps a stranger's error. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly params: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
  }

  /** HTTP status of this refusal. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
