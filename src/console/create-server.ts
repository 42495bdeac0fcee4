import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { fastify, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { announceChannels } from './announce-channels.js';
import type { ApiServer, ConsoleDeps } from './api-server.js';
import { describeApi } from './describe-api.js';
import { createErrorHandler } from './handle-error.js';
import { createNotFoundHandler } from './not-found.js';
import { accountRoutes } from './routes/account.js';
import { appointmentRoutes } from './routes/appointments.js';
import { bookingPaperRoutes } from './routes/booking-papers.js';
import { channelRoutes } from './routes/channels.js';
import { consolePage } from './routes/console-page.js';
import { escalationRoutes } from './routes/escalations.js';
import { eventRoutes } from './routes/events.js';
import { fileRoutes } from './routes/files.js';
import { healthRoutes } from './routes/health.js';
import { letterRoutes } from './routes/letters.js';
import { mailRoutes } from './routes/mails.js';
import { contactRoutes } from './routes/contacts.js';
import { messageRoutes } from './routes/messages.js';
import { receptionRoutes } from './routes/reception.js';
import { recordRoutes } from './routes/records.js';
import { settingsRoutes } from './routes/settings.js';
import { staffRoutes } from './routes/staff.js';
import { ticketRoutes } from './routes/tickets.js';
import { verifyRoutes } from './routes/verify.js';
import { guardRoutes } from './sign-in.js';
import { warnOfLocalLinks } from './warn-of-local-links.js';

/** Of the API, not of the product: it changes when a reader of the API has to. */
const API_VERSION = '1.0.0';

/** The longest answer with its legal basis fits in several times; files go another way. */
const BODY_LIMIT = 256 * 1024;

/** Milliseconds within which a request has to arrive: 20 MB over a slow mobile line, but not a trickle for ever. */
const REQUEST_TIMEOUT = 600_000;

/** Milliseconds in which the routes with all their schemas have to be ready: a small machine may be busy with more than this. */
const START_TIMEOUT = 60_000;

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/**
 * The web server: the console's API and page, what the public may open, what machines watch, and the routes of the
 * channels. Not listening yet.
 */
export async function createServer(deps: ConsoleDeps): Promise<FastifyInstance> {
  const { services, log } = deps;
  warnOfLocalLinks(services.config, log);
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    pluginTimeout: START_TIMEOUT,
    trustProxy: services.config.trustProxy,
    routerOptions: { maxParamLength: 200 },
  });
  app.decorateRequest('signedIn', null);
  app.setErrorHandler(createErrorHandler(services, log));
  await app.register(helmet, SECURITY);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', NO_DEVICES);
  });
  await app.register(rateLimit, { global: false });
  app.setNotFoundHandler(createNotFoundHandler(services));
  healthRoutes(app, deps);
  verifyRoutes(app, deps);
  await consolePage(app, deps);
  await app.register((scope) => apiRoutes(scope, deps), { prefix: '/api/v1' });
  app.addHook('onClose', announceChannels(deps));
  for (const plugin of deps.plugins ?? []) await app.register(plugin);
  return app;
}

/** Pages look at nothing, listen to nobody and ask nobody where they are; the console's own page says otherwise of the camera. */
const NO_DEVICES = 'camera=(), geolocation=(), microphone=()';

/** Everything comes from this server and nothing may frame it. Whether it is reached by https is the proxy's matter. */
const SECURITY = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // The hash of nothing: the calendar needs a <style> of its own, empty, and fills it by script.
      styleSrc: ["'self'", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
      imgSrc: ["'self'", 'blob:', 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
  // Other services may live on names below this one.
  strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
} as const;

async function apiRoutes(scope: FastifyInstance, deps: ConsoleDeps): Promise<void> {
  await scope.register(cookie);
  await scope.register(multipart, {
    limits: { files: 1, fields: 5, fileSize: deps.services.config.maxFileBytes + 1 },
    throwFileSizeLimit: false,
    // Names of files arrive as UTF-8; the parser would take them for Latin-1.
    ...{ defParamCharset: 'utf8' },
  });
  await describeApi(scope, API_VERSION);
  scope.setValidatorCompiler(validatorCompiler);
  scope.setSerializerCompiler(serializerCompiler);
  guardRoutes(scope, deps);
  scope.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  const api: ApiServer = scope.withTypeProvider<ZodTypeProvider>();
  accountRoutes(api, deps);
  ticketRoutes(api, deps);
  escalationRoutes(api, deps);
  appointmentRoutes(api, deps);
  bookingPaperRoutes(api, deps);
  messageRoutes(api, deps);
  contactRoutes(api, deps);
  fileRoutes(api, deps);
  eventRoutes(api, deps);
  letterRoutes(api, deps);
  mailRoutes(api, deps);
  recordRoutes(api, deps);
  channelRoutes(api, deps);
  receptionRoutes(api, deps);
  staffRoutes(api, deps);
  settingsRoutes(api, deps);
  const hidden = { schema: { hide: true }, config: { roles: 'public' as const } };
  api.options('/*', hidden, (_request, reply) => reply.code(204).header('allow', METHODS).send());
  api.get('/openapi.json', hidden, () => api.swagger());
}
