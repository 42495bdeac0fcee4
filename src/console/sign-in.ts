import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../services/service-context.js';
import { actorOf } from '../services/staff/actor-of.js';
import { hasRole } from '../services/staff/authorise.js';
import { findSession, type SignedIn } from '../services/staff/session.js';
import type { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/errors.js';
import type { ConsoleDeps } from './api-server.js';

type Asked = Pick<FastifyRequest, 'signedIn'>;

const COOKIE = 'dering_session';
const COOKIE_PATH = '/api';
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];
/** A secret is 43 signs; anything longer than this was not made here. */
const LONGEST_COOKIE = 100;

/**
 * Guards every route of the instance it is called on: refuses writes that another site may have caused, finds out
 * who asks, and lets in whom the route's `config.roles` names. A route that names nobody does not start.
 */
export function guardRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.roles === undefined) throw new Error(`route ${route.url} does not say who may use it`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const roles = request.routeOptions.config.roles ?? [];
    if (!SAFE_METHODS.includes(request.method)) refuseForeignWrite(request, deps.services.publicUrl);
    request.signedIn = await whoAsks(request, reply, deps);
    if (roles === 'public') return;
    const actor = requireActor(request);
    if (roles !== 'signed-in' && !hasRole(actor, ...roles)) throw new DomainError('not-allowed');
  });
}

/** @throws DomainError not-signed-in */
export function requireSignedIn(request: Asked): SignedIn {
  if (!request.signedIn) throw new DomainError('not-signed-in');
  return request.signedIn;
}

/** @throws DomainError not-signed-in */
export function requireActor(request: Asked): Actor {
  return actorOf(requireSignedIn(request).staff);
}

/**
 * What a command is made of: the address, the body, who asks and when.
 * @throws DomainError not-signed-in
 */
export function commandOf<Params extends object, Body>(
  request: Asked & { params: Params; body: Body },
  clock: Clock,
): Params & Body & { actor: Actor; now: Date } {
  return { ...request.params, ...request.body, actor: requireActor(request), now: clock.now() };
}

export function setSessionCookie(reply: FastifyReply, secret: string, { services }: ConsoleDeps): void {
  reply.setCookie(COOKIE, secret, {
    httpOnly: true,
    sameSite: 'strict',
    secure: services.publicUrl.startsWith('https:'),
    path: COOKIE_PATH,
    maxAge: services.config.sessionHours * 3600,
  });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, { path: COOKIE_PATH });
}

async function whoAsks(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: ConsoleDeps,
): Promise<SignedIn | null> {
  const secret = request.cookies[COOKIE];
  if (!secret || secret.length > LONGEST_COOKIE) return null;
  const signedIn = await findSession(deps.services, { secret, now: deps.clock.now() });
  if (signedIn?.extended) setSessionCookie(reply, secret, deps);
  return signedIn;
}

/**
 * A form or image of another site cannot set this header, and a browser says where a write comes from. The host the
 * browser asked for counts as ours too: a server is reached under more names than its public one.
 */
function refuseForeignWrite(request: FastifyRequest, publicUrl: string): void {
  if (request.headers['x-requested-with'] !== 'dering') throw new DomainError('not-allowed');
  const { origin } = request.headers;
  if (origin === undefined) return;
  const own = [new URL(publicUrl).origin, `${request.protocol}://${request.host}`];
  if (!own.includes(origin)) throw new DomainError('not-allowed');
}
