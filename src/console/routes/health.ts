import type { FastifyInstance } from 'fastify';
import { checkReadiness } from '../../services/overview/check-readiness.js';
import { describeChannels, type ChannelReport } from '../../services/overview/describe-channels.js';
import { readTraffic, type Traffic } from '../../services/overview/read-traffic.js';
import type { ChannelName } from '../../shared/channel-name.js';
import type { ConsoleDeps } from '../api-server.js';
import { createMetrics } from '../metrics.js';

/**
 * For machines that watch the process: alive, able to work, and its numbers. A proxy in front keeps /metrics and
 * /readyz inside: they hold nothing of persons, but how busy the office is concerns nobody else.
 */
export function healthRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const metrics = createMetrics(app, deps);
  const readKnownTraffic = trafficReader(deps);

  app.get('/healthz', () => ({ status: 'up' }));

  app.get('/readyz', async (_request, reply) => {
    const now = deps.clock.now();
    const { ready, ...facts } = await checkReadiness(deps.services, {
      now,
      channels: deps.engine.channels.keys(),
    });
    const traffic = facts.database === 'up' ? await readKnownTraffic(now) : NO_TRAFFIC;
    const reports = describeChannels(deps.engine.channels.values(), { traffic, now });
    const channels = Object.fromEntries(reports.map((report) => [report.name, channelHealth(report, now)]));
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', ...facts, channels });
  });

  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.read()));
}

const NO_TRAFFIC: ReadonlyMap<ChannelName, Traffic> = new Map();

/** Milliseconds for which a reading of the message log is good: whoever asks faster costs the database nothing. */
const TRAFFIC_GOOD_FOR = 10_000;

/** The message log's part; when it cannot be read the channels are described by what they know themselves. */
function trafficReader({ services }: ConsoleDeps): (now: Date) => Promise<ReadonlyMap<ChannelName, Traffic>> {
  let traffic = NO_TRAFFIC;
  let readAt = -Infinity;
  return async (now) => {
    if (now.getTime() - readAt < TRAFFIC_GOOD_FOR) return traffic;
    readAt = now.getTime();
    try {
      traffic = await readTraffic(services);
    } catch (error) {
      services.log.warn({ err: error }, 'the message log could not be read');
      traffic = NO_TRAFFIC;
    }
    return traffic;
  };
}

/** One that is down makes nothing unready: the others work, and a restart would not bring it back. */
function channelHealth(
  { state, lastInboundAt, lastConfirmedOutboundAt, waitingSince }: ChannelReport,
  now: Date,
) {
  const queueAgeSeconds = waitingSince ? Math.max(0, (now.getTime() - waitingSince.getTime()) / 1000) : 0;
  return { state, lastInboundAt, lastConfirmedOutboundAt, queueAgeSeconds };
}
