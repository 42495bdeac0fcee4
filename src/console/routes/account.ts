import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import type { Post } from '../../models/official-letter.js';
import type { Staff } from '../../models/staff.js';
import { changeLanguage } from '../../services/staff/change-language.js';
import { changePassword } from '../../services/staff/change-password.js';
import { completeSetup } from '../../services/staff/complete-setup.js';
import { isFirstAdministratorToBe } from '../../services/staff/ensure-first-administrator.js';
import { listSessions } from '../../services/staff/list-sessions.js';
import { findSetup } from '../../services/staff/setup-link.js';
import { signIn } from '../../services/staff/sign-in.js';
import { signOut } from '../../services/staff/sign-out.js';
import { DomainError } from '../../shared/errors.js';
import { operation, type ApiServer, type ConsoleDeps } from '../api-server.js';
import * as schemas from '../schemas/account.js';
import { listOf } from '../schemas/common.js';
import { clearSessionCookie, requireActor, requireSignedIn, setSessionCookie } from '../sign-in.js';

/** Tries per minute and address, above what the throttle of sign-ins lets through anyway. */
const FEW = { max: 60, timeWindow: '1 minute' };

export function accountRoutes(app: ApiServer, deps: ConsoleDeps): void {
  setupRoutes(app, deps);
  sessionRoutes(app, deps);
  ownSessionsRoutes(app, deps);
}

function setupRoutes(app: ApiServer, deps: ConsoleDeps): void {
  const show = operation('setup.show', 'Who a one-time link is for', 'public', {
    querystring: schemas.setupQuery,
    response: { 200: schemas.setupInvitation },
  });
  app.get('/setup', { ...show, config: { ...show.config, rateLimit: FEW } }, async (request) => {
    const { token } = request.query;
    try {
      const staff = await findSetup(deps.services, { token, now: deps.clock.now() });
      if (isFirstAdministratorToBe(staff)) return { valid: true, needsUsername: true };
      return { valid: true, needsUsername: false, username: staff.username, name: staff.name };
    } catch (error) {
      if (error instanceof DomainError) return { valid: false, needsUsername: false };
      throw error;
    }
  });

  const complete = operation(
    'setup.complete',
    'Sets the password behind a one-time link and signs in',
    'public',
    {
      body: schemas.setupRequest,
      response: { 200: schemas.me },
    },
  );
  app.post(
    '/setup',
    { ...complete, config: { ...complete.config, rateLimit: FEW } },
    async (request, reply) => {
      const { staff, secret } = await completeSetup(deps.services, {
        ...request.body,
        ...visitOf(request, deps),
      });
      setSessionCookie(reply, secret, deps);
      return meView(staff);
    },
  );
}

function sessionRoutes(app: ApiServer, deps: ConsoleDeps): void {
  const start = operation('session.start', 'Signs in', 'public', {
    body: schemas.signInRequest,
    response: { 200: schemas.me },
  });
  app.post('/session', { ...start, config: { ...start.config, rateLimit: FEW } }, async (request, reply) => {
    const { staff, secret } = await signIn(deps.services, {
      ...request.body,
      ...visitOf(request, deps),
      address: request.ip,
    });
    setSessionCookie(reply, secret, deps);
    return meView(staff);
  });

  app.get(
    '/session',
    operation('session.show', 'Who is signed in', 'signed-in', { response: { 200: schemas.me } }),
    (request) => meView(requireSignedIn(request).staff),
  );

  app.patch(
    '/session',
    operation('session.update', 'Changes the language of the reader', 'signed-in', {
      body: schemas.languageChange,
      response: { 200: schemas.me },
    }),
    async (request) => {
      const { language } = request.body;
      const now = deps.clock.now();
      return meView(await changeLanguage(deps.services, { actor: requireActor(request), language, now }));
    },
  );

  app.post(
    '/session/password',
    operation('session.change-password', 'Changes the password; every other session ends', 'signed-in', {
      body: schemas.passwordChange,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      const { staff, sessionId } = requireSignedIn(request);
      const now = deps.clock.now();
      await changePassword(deps.services, { ...request.body, staff, sessionId, address: request.ip, now });
      return reply.code(204).send();
    },
  );

  app.delete(
    '/session',
    operation('session.end', 'Signs out', 'signed-in', { response: { 204: z.undefined() } }),
    async (request, reply) => {
      await signOut(deps.services, { ...requireSignedIn(request), now: deps.clock.now() });
      clearSessionCookie(reply);
      return reply.code(204).send();
    },
  );
}

function ownSessionsRoutes(app: ApiServer, deps: ConsoleDeps): void {
  app.get(
    '/sessions',
    operation('session.list', 'Where the reader is signed in', 'signed-in', {
      response: { 200: listOf(schemas.sessionInfo) },
    }),
    async (request) => {
      const { staff, sessionId } = requireSignedIn(request);
      const sessions = await listSessions(deps.services, { staffId: staff._id, now: deps.clock.now() });
      return {
        items: sessions.map(({ _id, ...session }) => ({ ...session, id: _id, current: _id === sessionId })),
      };
    },
  );

  app.delete(
    '/sessions/:id',
    operation('session.revoke', 'Ends one of the own sessions', 'signed-in', {
      params: schemas.sessionParams,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      const { staff } = requireSignedIn(request);
      await signOut(deps.services, { staff, sessionId: request.params.id, now: deps.clock.now() });
      return reply.code(204).send();
    },
  );
}

function visitOf(request: FastifyRequest, deps: ConsoleDeps): { userAgent: string; now: Date } {
  return { userAgent: request.headers['user-agent'] ?? '', now: deps.clock.now() };
}

function meView({ _id, post = null, ...staff }: Staff): Omit<Staff, '_id' | 'post'> & {
  id: string;
  post: Post | null;
} {
  return { ...staff, id: _id, post };
}
