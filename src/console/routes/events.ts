import type { OutgoingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { operation, type ApiServer, type ConsoleDeps } from '../api-server.js';
import { EventStreams } from '../event-streams.js';
import { requireSignedIn } from '../sign-in.js';

/** Live changes for the page, as server-sent events. */
export function eventRoutes(app: ApiServer, deps: ConsoleDeps): void {
  const streams = new EventStreams(deps);
  app.addHook('preClose', () => streams.closeAll());
  app.get(
    '/events',
    {
      ...operation('events.follow', 'Changes as they happen; catches up after Last-Event-ID', 'signed-in', {
        querystring: z.strictObject({ after: cursor.optional() }),
        headers: z.looseObject({ 'last-event-id': cursor.optional() }),
        response: {
          200: {
            description: 'Server-sent events',
            content: { 'text/event-stream': { schema: z.string() } },
          },
        },
      }),
      exposeHeadRoute: false,
    },
    (request, reply) => {
      const { sessionId, staff } = requireSignedIn(request);
      const after = request.headers['last-event-id'] ?? request.query.after;
      // What the framework has gathered, the content policy among it, goes out with our own headers.
      const headers = reply.getHeaders() as OutgoingHttpHeaders;
      reply.hijack();
      streams.open(reply.raw, { headers, sessionId, staff, after });
    },
  );
}

const cursor = z.string().max(200);
