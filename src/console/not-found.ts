import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServiceContext } from '../services/service-context.js';
import { DomainError } from '../shared/errors.js';
import { html, sendPage } from './html-page.js';
import { readerLanguage } from './reader-language.js';

export type Notice = 'notFound' | 'consoleMissing' | 'broken';

/** A short page in place of what was asked for. */
export function sendNotice(
  request: FastifyRequest,
  reply: FastifyReply,
  { texts }: ServiceContext,
  status: number,
  notice: Notice,
  params: Readonly<Record<string, string>> = {},
): FastifyReply {
  const language = readerLanguage(request);
  const t = texts.for(language);
  const title = t(`verify:page.${notice}Title`);
  const body = html`<main>
    <h1>${title}</h1>
    <p>${t(`verify:page.${notice}`, params)}</p>
  </main>`;
  return sendPage(reply.code(status), { language, title, body });
}

/** What no route answers: programs get the API's error body, people a page. */
export function createNotFoundHandler(
  services: ServiceContext,
): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  return (request, reply) => {
    if (wantsPage(request)) return sendNotice(request, reply, services, 404, 'notFound');
    throw new DomainError('not-found');
  };
}

/** A browser that navigates; never the API. */
export function wantsPage(request: FastifyRequest): boolean {
  return !/^\/api(\/|$)/.test(request.url) && (request.headers.accept ?? '').includes('text/html');
}
