import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Logger } from '../../shared/logger.js';
import { readActivity, type Activity } from './activity.js';
import { isAllowedService } from './allowed-url.js';
import type { InvokeAnswer } from './invoke-answer.js';
import type { Verified, Verifier } from './verify.js';

/** The one path that Microsoft posts to, the bot's "messaging endpoint". */
export const MESSAGES_PATH = '/channels/teams/messages';

/** Several times the longest activity. */
const BODY_LIMIT = 256 * 1024;

interface RouteParts {
  verifier: Verifier;
  /** Service URLs that may be stored and written to. */
  serviceUrls: readonly string[];
  log: Logger;
  /** @throws Error when the activity could not be stored, or nothing can be taken now. */
  take: (activity: Activity) => Promise<InvokeAnswer | undefined>;
}

/**
 * Takes activities: their sender is checked before the body is read, their effect stored before they are acknowledged. Anything
 * but 2xx makes Teams deliver again, so what we shall never understand is acknowledged as well, as long as it is an activity.
 */
export function createActivityRoutes({ verifier, serviceUrls, log, take }: RouteParts): FastifyPluginAsync {
  const verified = new WeakMap<object, Verified>();
  return (app: FastifyInstance) => {
    app.setErrorHandler((error, _request, reply) => {
      const status = statusOf(error);
      if (status >= 500)
        log.error({ err: error, channel: 'teams', path: MESSAGES_PATH }, 'an activity was not taken');
      return reply.code(status).send();
    });
    app.post(MESSAGES_PATH, {
      bodyLimit: BODY_LIMIT,
      onRequest: async (request, reply) => {
        const found = await verifier.check(request.headers.authorization);
        if (!found) return reply.code(401).send();
        verified.set(request, found);
      },
      handler: async (request, reply) => {
        const activity = readActivity(request.body);
        if (!activity) return reply.code(400).send();
        // The token says for which channel and which service it was made.
        const isTheirs = verified.get(request)?.serviceUrl === activity.serviceUrl;
        if (!isTheirs || activity.channelId !== 'msteams') return reply.code(401).send();
        if (!isAllowedService(activity.serviceUrl, serviceUrls)) {
          log.warn({ channel: 'teams', path: MESSAGES_PATH }, 'a service URL that the settings do not allow');
          return reply.code(403).send();
        }
        const answer = await take(activity);
        return reply.code(200).send(answer ?? {});
      },
    });
    return Promise.resolve();
  };
}

/** Fastify's own refusals of a body carry their status; the rest is our trouble, for which Teams tries again. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 503;
}
