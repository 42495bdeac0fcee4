import type { FastifyInstance } from 'fastify';
import { readFileToken } from '../../services/files/file-link.js';
import { openFile } from '../../services/files/open-file.js';
import type { ConsoleDeps } from '../api-server.js';
import { sendFile } from './files.js';

/** Files for users, who have no session: whoever holds the signed link may save the file until it expires. */
export function fileLinkRoutes(app: FastifyInstance, { services, clock }: ConsoleDeps): void {
  app.get<{ Params: { token: string } }>('/f/:token', async (request, reply) => {
    const fileId = readFileToken(services, { token: request.params.token, now: clock.now() });
    return sendFile(reply, await openFile(services, fileId), { inline: false });
  });
}
