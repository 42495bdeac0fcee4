import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { DomainError, type ErrorCode } from '../shared/errors.js';
import { formatDate } from '../shared/format-time.js';
import type { Language, Translate } from '../shared/i18n.js';
import type { Logger } from '../shared/logger.js';
import type { ServiceContext } from '../services/service-context.js';
import { fieldMessages, type FieldMessage } from './field-messages.js';
import { sendNotice, wantsPage } from './not-found.js';
import { readerLanguage } from './reader-language.js';

interface Refusal {
  status: number;
  code: ErrorCode;
  params: Readonly<Record<string, string | number>>;
  fields?: FieldMessage[];
  reference?: string;
}

/** Every refusal and every failure becomes the API's one error body, or a page, in the reader's language. */
export function createErrorHandler(
  services: ServiceContext,
  log: Logger,
): (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  return (error, request, reply) => {
    const language = readerLanguage(request);
    const t = services.texts.for(language);
    const refusal = refusalOf(error, request, t) ?? unexpected(error, request, log);
    const { status, code, params, fields, reference } = refusal;
    const seconds = params.seconds;
    if (typeof seconds === 'number') reply.header('retry-after', seconds);
    if (wantsPage(request)) return sendErrorPage(request, reply, services, refusal);
    // A value that was refused may be no date at all.
    const words = code === 'invalid-input' ? { ...params } : inWords(params, language);
    const message = t(`errors:${code}`, words);
    return reply.code(status).send({
      error: { code, message, ...(fields ? { fields } : {}), ...(reference ? { reference } : {}) },
    });
  };
}

/** Rules give dates as yyyy-MM-dd; a sentence says "Kamis, 5 Maret 2026". */
function inWords(params: Refusal['params'], language: Language): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
        ? formatDate(value, { language })
        : value,
    ]),
  );
}

function sendErrorPage(
  request: FastifyRequest,
  reply: FastifyReply,
  services: ServiceContext,
  { status, reference = '' }: Refusal,
): FastifyReply {
  if (status < 500) return sendNotice(request, reply, services, status, 'notFound');
  return sendNotice(request, reply, services, status, 'broken', { reference });
}

function refusalOf(error: unknown, request: FastifyRequest, t: Translate): Refusal | undefined {
  if (error instanceof DomainError) return ofDomain(error, t);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = fieldMessages(error.validation, t);
    return { status: 400, code: 'invalid-input', params: { field: fields[0]?.path ?? '' }, fields };
  }
  return ofFramework(error, request);
}

function ofDomain({ code, status, params }: DomainError, t: Translate): Refusal | undefined {
  // A rule that fails with 5xx is a fault of ours: it gets a reference like any other.
  if (status >= 500 && code !== 'unavailable') return undefined;
  const { field } = params;
  if (code !== 'invalid-input' || typeof field !== 'string') return { status, code, params };
  const issues = [{ keyword: 'custom', instancePath: `/${field.replaceAll('.', '/')}`, params: {} }];
  return { status, code, params, fields: fieldMessages(issues, t) };
}

/** What the HTTP framework refuses by itself: malformed JSON, too large a body, an unknown content type. */
function ofFramework(error: unknown, request: FastifyRequest): Refusal | undefined {
  const status = statusOf(error);
  if (status === undefined || status < 400 || status >= 500) return undefined;
  const upload = request.headers['content-type']?.startsWith('multipart/') === true;
  if (status === 413) return { status, code: upload ? 'file-too-large' : 'message-too-long', params: {} };
  // Every limit of the framework counts by the minute.
  if (status === 429) return { status, code: 'too-many-attempts', params: { minutes: 1 } };
  // 403 is what the file server says of a folder; nobody needs to know that there is one.
  if (status === 404 || status === 403) return { status: 404, code: 'not-found', params: {} };
  return { status, code: 'invalid-input', params: { field: '' } };
}

function unexpected(error: unknown, request: FastifyRequest, log: Logger): Refusal {
  const reference = randomBytes(5).toString('hex');
  const { url } = request.routeOptions;
  log.error(
    { err: error, method: request.method, ...(url === undefined ? {} : { path: url }), status: 500 },
    `request failed, reference ${reference}`,
  );
  return { status: 500, code: 'unavailable', params: { reference }, reference };
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
