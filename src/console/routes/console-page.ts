import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { ConsoleDeps } from '../api-server.js';
import { sendNotice } from '../not-found.js';

/** Built files carry their hash in their name; the page itself does not. */
const FOREVER = 'public, max-age=31536000, immutable';

/** The reception scans the codes of guests (R-C8); the page is one document, whatever of it is shown. */
const DEVICES = 'camera=(self), geolocation=(), microphone=()';

/** The console page under /console; any path of it that is no file is the page's own to understand. */
export async function consolePage(
  app: FastifyInstance,
  { services, clientFolder }: ConsoleDeps,
): Promise<void> {
  const built = (): boolean => existsSync(join(clientFolder, 'index.html'));
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', async (_request, reply) => {
        reply.header('permissions-policy', DEVICES);
      });
      await scope.register(fastifyStatic, {
        root: clientFolder,
        wildcard: true,
        index: 'index.html',
        cacheControl: false,
        dotfiles: 'ignore',
        suppressWarning: true,
        setHeaders: (reply, path) => {
          void reply.header('cache-control', /[/\\]assets[/\\]/.test(path) ? FOREVER : 'no-cache');
        },
      });
      scope.setNotFoundHandler((request, reply) => {
        if (request.method !== 'GET' || !isPagePath(request.url))
          return sendNotice(request, reply, services, 404, 'notFound');
        if (!built()) return sendNotice(request, reply, services, 503, 'consoleMissing');
        return reply.header('cache-control', 'no-cache').sendFile('index.html');
      });
    },
    { prefix: '/console' },
  );
}

/** The page's own addresses have no file ending and climb nowhere. */
function isPagePath(url: string): boolean {
  const path = url.split('?')[0] ?? '';
  return /^\/console(\/[A-Za-z0-9_-]+)*\/?$/.test(path);
}
