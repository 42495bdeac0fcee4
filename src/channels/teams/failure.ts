import { ChannelError } from '../../conversation/channel.js';

/** Microsoft's side refused or did not answer. Its text is not kept: it can quote what was sent. */
export class TeamsFailure extends Error {
  override readonly name = 'TeamsFailure';

  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    /** The service's own code, e.g. `BotNotInConversationRoster`. */
    readonly code: string,
    /** Seconds it asks us to wait. */
    readonly retryAfter?: number,
    options: ErrorOptions = {},
  ) {
    super(`${status} ${code}`, options);
  }
}

/** Codes of 403 and 404 that mean the person has shut the door; the others mean that the bot is not, or no longer, let in. */
const BLOCKED: ReadonlySet<string> = new Set(['ConversationBlockedByUser', 'UserBlockedConversation']);

/**
 * Statuses after which the same call may succeed (learn.microsoft.com, "Optimize your bot with rate limiting": 412, 502 and 504
 * with 429); 0 is no answer.
 */
const PASSING: ReadonlySet<number> = new Set([0, 408, 412]);

/** How a failure is told to whoever wanted something sent. */
export function toChannelError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  if (!(error instanceof TeamsFailure))
    return new ChannelError('channel-error', false, undefined, { cause: error });
  const { status, code, retryAfter } = error;
  const wait = retryAfter === undefined ? undefined : retryAfter * 1000;
  const options = { cause: error };
  if (status === 429) return new ChannelError('rate-limited', false, wait ?? DEFAULT_WAIT, options);
  if (PASSING.has(status) || status >= 500) return new ChannelError('unreachable', false, wait, options);
  // A refused secret is the office's trouble: what waits may be sent once it is mended.
  if (status === 401) return new ChannelError('signed-out', false, undefined, options);
  if (BLOCKED.has(code)) return new ChannelError('recipient-blocked', true, undefined, options);
  if (status === 403) return new ChannelError('recipient-unreachable', true, undefined, options);
  if (status === 404) return new ChannelError('recipient-unknown', true, undefined, options);
  return new ChannelError(status === 413 ? 'message-too-large' : 'refused', true, undefined, options);
}

/** Milliseconds to wait when Microsoft asks for it without saying how long. */
const DEFAULT_WAIT = 2_000;

/** Why the channel does not work, for people. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof TeamsFailure)) return 'an error of our own';
  const { status, code } = error;
  if (status === 0) return 'Microsoft does not answer';
  // The sign-in service answers a wrong secret with 401, a wrong app or tenant with 400.
  if (status === 400 || status === 401) return `Microsoft refuses the app id, secret or tenant (${code})`;
  return `Microsoft answers with error ${status}`;
}
