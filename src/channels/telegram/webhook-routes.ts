import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Logger } from '../../shared/logger.js';
import { readUpdate, type Update } from './update.js';
import { isFromTelegram, SECRET_HEADER } from './verify.js';

/** The one path that Telegram posts to; it holds no secret, the header does. */
export const WEBHOOK_PATH = '/channels/telegram/webhook';

/** Many times the longest update. */
const BODY_LIMIT = 256 * 1024;

interface WebhookParts {
  secret: string;
  log: Logger;
  /** @throws Error when the update could not be stored, or nothing can be taken now. */
  take: (update: Update) => Promise<void>;
}

/**
 * Takes updates by webhook: checked before they are read, stored before they are acknowledged. Anything but 200 makes Telegram
 * deliver again, so what we shall never understand is acknowledged as well, as long as it is an update.
 */
export function createWebhookRoutes({ secret, log, take }: WebhookParts): FastifyPluginAsync {
  return (app: FastifyInstance) => {
    app.setErrorHandler((error, _request, reply) => {
      const status = statusOf(error);
      if (status >= 500)
        log.error({ err: error, channel: 'telegram', path: WEBHOOK_PATH }, 'an update was not taken');
      return reply.code(status).send();
    });
    app.post(WEBHOOK_PATH, {
      bodyLimit: BODY_LIMIT,
      onRequest: async (request, reply) => {
        if (isFromTelegram(request.headers[SECRET_HEADER], secret)) return;
        return reply.code(401).send();
      },
      handler: async (request, reply) => {
        const update = readUpdate(request.body);
        if (!update) return reply.code(400).send();
        await take(update);
        return reply.code(200).send();
      },
    });
    return Promise.resolve();
  };
}

/** Fastify's own refusals of a body carry their status; the rest is our trouble, for which Telegram tries again. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 503;
}
