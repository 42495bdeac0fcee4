import type { FastifyInstance } from 'fastify';
import { MAX_TEXT_LENGTH } from './capabilities.js';
import { openEventStream } from './event-stream.js';
import { parseCursor, parseHistoryQuery, parseMessage, parseReceipt } from './parse.js';
import { Refusal } from './refusal.js';
import { render } from './render.js';
import type { RouteContext } from './route-context.js';
import { createStreamPlaces } from './stream-places.js';
import { closeSession, openSession, requireOwnPage, requireSession } from './verify.js';
import type { WireAccepted, WirePage, WireSession } from './wire.js';

/** Browsers allow six connections to a host: one stays free for everything else. */
const MAX_STREAMS = 5;
/** A whole office may share one address on the internet. */
const MAX_STREAMS_PER_IP = 300;

/** Room for 10,000 characters, each escaped, and the rest of the body. */
const BODY_LIMIT = 128 * 1024;

export function addMessageRoutes(app: FastifyInstance, context: RouteContext): void {
  const { ports } = context;
  const places = createStreamPlaces(MAX_STREAMS_PER_IP);

  app.post('/api/chat/session', { bodyLimit: BODY_LIMIT }, (request, reply) => {
    requireOwnPage(request, ports.publicUrl);
    openSession(request, reply, ports.secureCookies);
    const session: WireSession = {
      maxFileBytes: ports.maxFileBytes,
      maxTextLength: MAX_TEXT_LENGTH,
      contact: ports.contact,
    };
    return reply.header('cache-control', 'no-store').send(session);
  });

  app.delete('/api/chat/session', (request, reply) => {
    requireOwnPage(request, ports.publicUrl);
    closeSession(reply);
    return reply.code(204).send();
  });

  app.get('/api/chat/messages', async (request, reply) => {
    const address = requireSession(request);
    context.limitReads(address, request.ip);
    const { before, after, limit } = parseHistoryQuery(request.query);
    const page = await ports.history(address, {
      limit,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
    const body: WirePage = { items: page.items.flatMap(render), next: page.next };
    return reply.header('cache-control', 'no-store').send(body);
  });

  app.post('/api/chat/messages', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    requireOwnPage(request, ports.publicUrl);
    const address = requireSession(request);
    const { id, message } = parseMessage(request.body, { address, now: ports.clock.now() });
    context.limitRate(address, request.ip);
    const stored = await context.receive(message);
    const body: WireAccepted = { id: stored.messageId, clientId: id, duplicate: stored.duplicate };
    return reply.code(stored.duplicate ? 200 : 201).send(body);
  });

  app.post('/api/chat/receipts', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    requireOwnPage(request, ports.publicUrl);
    const address = requireSession(request);
    context.limitReads(address, request.ip);
    const { upTo, state } = parseReceipt(request.body);
    await ports.receipts(address, upTo, state, ports.clock.now());
    return reply.code(204).send();
  });

  const events = { exposeHeadRoute: false };
  app.get<{ Querystring: { after?: unknown } }>('/api/chat/events', events, (request, reply) => {
    const address = requireSession(request);
    context.limitReads(address, request.ip);
    const feed = context.feed();
    if (feed.openCount(address) >= MAX_STREAMS) throw new Refusal('too-many-tabs', {}, 30);
    const leave = places.take(request.ip);
    if (leave === undefined) throw new Refusal('too-many-streams', {}, 60);
    const after = parseCursor(request.headers['last-event-id']) ?? parseCursor(request.query.after);
    const stream = openEventStream(reply);
    const close = feed.open(address, after, stream.viewer);
    stream.body.once('close', () => {
      leave();
      close();
    });
    reply.raw.once('close', () => stream.body.destroy());
    return reply.send(stream.body);
  });
}
