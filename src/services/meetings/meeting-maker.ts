/** A meeting as it is asked for. */
export interface MeetingRequest {
  subject: string;
  startsAt: Date;
  endsAt: Date;
  /** The same key is the same meeting, however often it is asked for. */
  key: string;
}

/** Makes meetings that people join by a link. */
export interface MeetingMaker {
  /** @throws MeetingFailure */
  create(request: MeetingRequest): Promise<{ joinUrl: string }>;
}

/** refused: the app, its secret, permission or policy · unreachable: no answer, or overloaded · unusable: an answer without a link. */
export type MeetingFailureCode = 'refused' | 'unreachable' | 'unusable';

/** No meeting was made. The other side's text is not kept: it can quote what was sent. */
export class MeetingFailure extends Error {
  override readonly name = 'MeetingFailure';

  constructor(
    readonly code: MeetingFailureCode,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    options: ErrorOptions = {},
  ) {
    super(`${code} ${status}`, options);
  }
}
