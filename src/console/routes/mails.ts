import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { getMail, mailSource } from '../../services/mail/get-mail.js';
import { listMails } from '../../services/mail/list-mails.js';
import { retryMail } from '../../services/mail/retry-mail.js';
import { operation, TICKET_READERS, type ApiServer, type ConsoleDeps } from '../api-server.js';
import { emptyBody, idParams, pageOf } from '../schemas/common.js';
import * as schemas from '../schemas/records.js';
import { requireActor } from '../sign-in.js';

export function mailRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/mails',
    operation('mail.list', 'Mails on their way out and sent, newest first', TICKET_READERS, {
      querystring: schemas.pageOnly,
      response: { 200: pageOf(schemas.mailSummary) },
    }),
    (request) => listMails(services, { actor: requireActor(request), ...request.query }),
  );

  app.get(
    '/mails/:id',
    operation('mail.show', 'One mail', TICKET_READERS, { params: idParams, response: { 200: schemas.mail } }),
    (request) => getMail(services, { id: request.params.id, actor: requireActor(request) }),
  );

  app.get(
    '/mails/:id/source',
    operation('mail.source', 'The mail as it is sent, for download', TICKET_READERS, {
      params: idParams,
      response: { 200: { description: 'RFC 5322', content: { 'message/rfc822': { schema: z.string() } } } },
    }),
    async (request, reply) => {
      const { id } = request.params;
      const source = await mailSource(services, { id, actor: requireActor(request) });
      const file: FastifyReply = reply;
      return file
        .type('message/rfc822')
        .header('content-disposition', `attachment; filename="${id}.eml"`)
        .header('cache-control', 'private, no-store')
        .send(source);
    },
  );

  app.post(
    '/mails/:id/retry',
    operation('mail.retry', 'Sends a mail that was given up once more', TICKET_READERS, {
      params: idParams,
      body: emptyBody,
      response: { 200: schemas.mail },
    }),
    (request) =>
      retryMail(services, { id: request.params.id, actor: requireActor(request), now: clock.now() }),
  );
}
