import { ChannelError } from '../../conversation/channel.js';

interface FailureDetails {
  /** Seconds the platform asks to wait. */
  retryAfter?: number | undefined;
  /** A group that became a supergroup lives on under this id. */
  migratedTo?: number | undefined;
  cause?: unknown;
}

/** The Bot API said no or did not answer. Carries neither the token nor what was sent. */
export class TelegramFailure extends Error {
  override readonly name = 'TelegramFailure';
  readonly retryAfter: number | undefined;
  readonly migratedTo: number | undefined;

  constructor(
    /** The API's error code, which is an HTTP status; 0 when there was no answer. */
    readonly code: number,
    readonly description: string,
    { retryAfter, migratedTo, cause }: FailureDetails = {},
  ) {
    super(`${code} ${description}`, { cause });
    this.retryAfter = retryAfter;
    this.migratedTo = migratedTo;
  }

  /** No answer, or one that says nothing about what was asked: worth another try. */
  get isPassing(): boolean {
    return this.code === 0 || this.code === 429 || this.code >= 500;
  }
}

/** How a failure to send is told to the engine. */
export function toChannelError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  if (!(error instanceof TelegramFailure))
    return new ChannelError('channel-error', false, undefined, { cause: error });
  const { code, description, retryAfter } = error;
  const options = { cause: error };
  if (code === 429) return new ChannelError('rate-limited', false, (retryAfter ?? 1) * 1000, options);
  if (error.isPassing) return new ChannelError('unreachable', false, undefined, options);
  // A refused token is the office's trouble: what waits may be sent once it is mended.
  if (code === 401 || code === 404) return new ChannelError('signed-out', false, undefined, options);
  if (code === 403) return new ChannelError('recipient-blocked', true, undefined, options);
  if (/chat not found|user not found|peer_id_invalid/i.test(description))
    return new ChannelError('recipient-unknown', true, undefined, options);
  return new ChannelError(code === 413 ? 'file-too-large' : 'refused', true, undefined, options);
}

/** Why the channel does not work, for people. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof TelegramFailure)) return 'an error of our own';
  if (error.code === 401 || error.code === 404) return 'Telegram refuses the bot token';
  if (error.code === 409) return 'another process fetches the messages of this bot';
  if (error.code === 429) return 'Telegram asks to wait';
  if (error.code === 0) return 'Telegram does not answer';
  return `Telegram answers with error ${error.code}`;
}
