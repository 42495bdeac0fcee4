import type { FastifyInstance } from 'fastify';
import { checkReadiness } from '../../services/overview/check-readiness.js';
import type { ConsoleDeps } from '../api-server.js';
import { createMetrics } from '../metrics.js';

/**
 * For machines that watch the process: alive, able to work, and its numbers. A proxy in front keeps /metrics inside:
 * it holds nothing of persons, but how busy the office is concerns nobody else.
 */
export function healthRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const metrics = createMetrics(app, deps);

  app.get('/healthz', () => ({ status: 'up' }));

  app.get('/readyz', async (_request, reply) => {
    const { ready, ...facts } = await checkReadiness(deps.services, {
      now: deps.clock.now(),
      channels: deps.engine.channels.keys(),
    });
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', ...facts });
  });

  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.read()));
}
