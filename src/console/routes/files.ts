import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordAudit } from '../../services/audit/record-audit.js';
import { openFile, type OpenedFile } from '../../services/files/open-file.js';
import { storeFile } from '../../services/files/store-file.js';
import { contentDisposition } from '../../shared/content-disposition.js';
import { DomainError } from '../../shared/errors.js';
import {
  operation,
  TICKET_READERS,
  TICKET_WRITERS,
  type ApiServer,
  type ConsoleDeps,
} from '../api-server.js';
import * as schemas from '../schemas/files.js';
import { requireActor } from '../sign-in.js';

/** What a browser may show instead of save: nothing that can carry a script of ours. */
const SHOWN_INLINE = ['image/png', 'image/jpeg', 'image/webp', 'application/pdf'];

const POLICY = "sandbox; default-src 'none'; frame-ancestors 'self'";
/** The viewers of Chromium and Safari are plug-ins with styles of their own, and a sandbox has no plug-ins. */
const PDF_VIEWER_POLICY =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

export function fileRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.post(
    '/files',
    {
      ...operation('file.upload', 'Stores a file to send later', TICKET_WRITERS, {
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
      const opened = await openFile(services, fileId);
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

/**
 * Streams a file so that the browser takes it for nothing but what we say it is, and runs nothing in it.
 * `inline` is honoured only for images and PDF.
 */
function sendFile(
  reply: FastifyReply,
  { file, ...opened }: OpenedFile,
  { inline }: { inline: boolean },
): FastifyReply {
  const shown = inline && SHOWN_INLINE.includes(file.mimeType);
  const viewed = shown && file.mimeType === 'application/pdf';
  return reply
    .type(file.mimeType)
    .header('content-length', file.size)
    .header('content-disposition', contentDisposition(shown ? 'inline' : 'attachment', file.name))
    .header('content-security-policy', viewed ? PDF_VIEWER_POLICY : POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .send(opened.read());
}
