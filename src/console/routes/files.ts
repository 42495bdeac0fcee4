import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordAudit } from '../../services/audit/record-audit.js';
import { openStaffFile } from '../../services/files/open-staff-file.js';
import { storeFile } from '../../services/files/store-file.js';
import { DomainError } from '../../shared/errors.js';
import { DESK_WRITERS, operation, TICKET_READERS, type ApiServer, type ConsoleDeps } from '../api-server.js';
import * as schemas from '../schemas/files.js';
import { sendFile } from '../send-file.js';
import { requireActor } from '../sign-in.js';

export function fileRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.post(
    '/files',
    {
      ...operation('file.upload', 'Stores a file to send later', DESK_WRITERS, {
        consumes: ['multipart/form-data'],
        response: { 200: schemas.fileReference },
      }),
      onResponse: drain,
    },
    async (request) => {
      const actor = requireActor(request);
      if (!request.isMultipart()) throw new DomainError('invalid-input', { field: 'file' });
      const part = await request.file();
      if (part?.fieldname !== 'file') throw new DomainError('invalid-input', { field: 'file' });
      const now = clock.now();
      const { file: content, filename: name } = part;
      const stored = await storeFile(services, { content, name, conversationId: null, now });
      await recordAudit(services, { actor, action: 'file.upload', subject: stored.fileId, now });
      return stored;
    },
  );

  app.get(
    '/files/:fileId',
    operation('file.download', 'The bytes of a file', TICKET_READERS, {
      params: schemas.fileParams,
      querystring: schemas.fileQuery,
      response: {
        200: { description: 'The bytes', content: { 'application/octet-stream': { schema: z.string() } } },
      },
    }),
    async (request, reply) => {
      const actor = requireActor(request);
      const { fileId } = request.params;
      const opened = await openStaffFile(services, { fileId, actor });
      await recordAudit(services, { actor, action: 'file.download', subject: fileId, now: clock.now() });
      return sendFile(reply, opened, { inline: request.query.inline === '1' });
    },
  );
}

/** The rest of a refused upload is read and dropped: left unread it would hold the connection open. */
function drain({ raw }: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (!raw.complete) {
    raw.unpipe();
    raw.resume();
  }
  done();
}
