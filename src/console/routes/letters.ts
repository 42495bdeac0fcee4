import { z } from 'zod';
import { letterStepAndSettle } from '../../conversation/settle-letters.js';
import { recordAudit } from '../../services/audit/record-audit.js';
import { getLetter, openLetterFile } from '../../services/letters/get-letter.js';
import { countLetters, listLetters } from '../../services/letters/list-letters.js';
import { operation, type ApiServer, type ConsoleDeps } from '../api-server.js';
import { idParams, pageOf } from '../schemas/common.js';
import { fileQuery } from '../schemas/files.js';
import * as schemas from '../schemas/letters.js';
import { sendFile } from '../send-file.js';
import { requireActor } from '../sign-in.js';

/** Official letters on their way: typed, initialled, signed (R-B4, R-B5). Whom they concern, the services decide. */
export function letterRoutes(app: ApiServer, { engine, services, clock }: ConsoleDeps): void {
  app.get(
    '/letters',
    operation('letter.list', 'A view of the letters, what changed last first', 'signed-in', {
      querystring: schemas.lettersQuery,
      response: { 200: pageOf(schemas.letterSummary) },
    }),
    (request) => listLetters(services, { ...request.query, actor: requireActor(request) }),
  );

  app.get(
    '/letter-counts',
    operation('letter.counts', 'How many letters wait for the reader', 'signed-in', {
      response: { 200: schemas.letterCounts },
    }),
    (request) => countLetters(services, { actor: requireActor(request) }),
  );

  app.get(
    '/letters/:id',
    operation('letter.show', 'One letter with its way and its papers', 'signed-in', {
      params: idParams,
      response: { 200: schemas.letter },
    }),
    (request) => getLetter(services, { ...request.params, actor: requireActor(request) }),
  );

  app.post(
    '/letters/:id/steps',
    operation('letter.step', 'Takes one step, whoever’s turn it is', 'signed-in', {
      params: idParams,
      body: schemas.letterStep,
      response: { 200: schemas.letter },
    }),
    async (request) => {
      const actor = requireActor(request);
      const { id } = request.params;
      await letterStepAndSettle(engine, { ...request.body, id, actor, now: clock.now() });
      return getLetter(services, { id, actor });
    },
  );

  app.get(
    '/letters/:id/files/:fileId',
    operation('letter.download', 'The bytes of a paper of a signed letter', 'signed-in', {
      params: schemas.fileOfLetter,
      querystring: fileQuery,
      response: {
        200: { description: 'The bytes', content: { 'application/octet-stream': { schema: z.string() } } },
      },
    }),
    async (request, reply) => {
      const actor = requireActor(request);
      const { fileId } = request.params;
      const opened = await openLetterFile(services, { ...request.params, actor });
      await recordAudit(services, { actor, action: 'file.download', subject: fileId, now: clock.now() });
      return sendFile(reply, opened, { inline: request.query.inline === '1' });
    },
  );
}
