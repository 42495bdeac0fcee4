import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../shared/errors.js';
import type { Language } from '../../shared/i18n.js';
import { MAX_TEXT_LENGTH } from './capabilities.js';
import type { WebChatPorts } from './types.js';
import type { WireError } from './wire.js';

/** Every "no" of the live chat, with its status; the visitor reads `chat:refusals.<code>`. */
const REFUSAL_STATUS = {
  invalid: 400,
  empty: 400,
  'no-session': 401,
  'foreign-origin': 403,
  'not-found': 404,
  'too-long': 413,
  'file-too-large': 413,
  'too-many-files': 413,
  'file-type': 415,
  'file-name-mismatch': 415,
  'file-empty': 422,
  'file-unreadable': 422,
  'too-fast': 429,
  'too-many-requests': 429,
  'too-many-tabs': 429,
  'too-many-streams': 429,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof REFUSAL_STATUS;

/** The live chat said no. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    readonly params: Readonly<Record<string, string | number>> = {},
    /** Whole seconds after which trying again makes sense. */
    readonly retryAfterSeconds?: number,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** Turns whatever was thrown into a status and a sentence; what nobody foresaw is `unavailable`. */
export function answerRefusal(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { texts, log }: Pick<WebChatPorts, 'texts' | 'log'>,
): FastifyReply {
  const { code, params, retryAfterSeconds, cause } = asRefusal(error);
  if (cause !== undefined)
    log.error(
      { err: cause, channel: 'web-chat', path: request.routeOptions.url ?? '' },
      'live chat request failed',
    );
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  const body: WireError = {
    error: {
      code,
      message: texts.for(languageOf(request))(`chat:refusals.${code}`, params),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  };
  return reply.code(REFUSAL_STATUS[code]).header('cache-control', 'no-store').send(body);
}

/** The page asks in the language it is shown in. */
function languageOf(request: FastifyRequest): Language {
  return request.headers['accept-language']?.toLowerCase().startsWith('en') === true ? 'en' : 'id';
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DomainError && error.code === 'message-too-long') return tooLong();
  if (error instanceof DomainError && error.code === 'not-found') return new Refusal('not-found');
  const status = statusOf(error);
  if (status === 413) return tooLong();
  if (status !== undefined && status >= 400 && status < 500) return new Refusal('invalid');
  return new Refusal('unavailable', {}, 5, { cause: error });
}

export function tooLong(): Refusal {
  return new Refusal('too-long', { limit: MAX_TEXT_LENGTH });
}

/** Fastify's own errors (a broken body, a wrong content type) carry a status. */
function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}
