import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { readQueues } from '../services/overview/read-queues.js';
import type { Channel } from '../conversation/channel.js';
import type { ConsoleDeps } from './api-server.js';

export interface Metrics {
  readonly contentType: string;
  read(): Promise<string>;
}

/** The numbers of /metrics: counts, ages and durations by channel, route and status, never by person. */
export function createMetrics(app: FastifyInstance, deps: ConsoleDeps): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'dering_' });
  measureRequests(app, registry);
  countTurns(registry, deps);
  describeChannels(registry, deps);
  const measureQueues = queueGauges(registry, deps);
  return {
    contentType: registry.contentType,
    read: async () => {
      await measureQueues();
      return registry.metrics();
    },
  };
}

function measureRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'dering_http_request_duration_seconds',
    help: 'Time to answer, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}

/** The engine keeps running totals; they are read when somebody asks. */
function countTurns(registry: Registry, { engine: { counts } }: ConsoleDeps): void {
  const totals = {
    turns: 'Turns run',
    turnConflicts: 'Turns begun anew',
    turnFailures: 'Turns that failed',
  } as const;
  for (const [name, help] of Object.entries(totals) as [keyof typeof totals, string][]) {
    const counter = new Counter({
      name: `dering_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_total`,
      help,
      registers: [registry],
      collect: () => {
        counter.reset();
        counter.inc(counts[name]);
      },
    });
  }
  const messages = { received: 'from users', sent: 'to users', failed: 'that no platform took' } as const;
  for (const [name, help] of Object.entries(messages) as [keyof typeof messages, string][]) {
    const counter = new Counter({
      name: `dering_messages_${name}_total`,
      help: `Messages ${help}`,
      labelNames: ['channel'],
      registers: [registry],
      collect: () => {
        counter.reset();
        for (const [channel, count] of counts[name]) counter.inc({ channel }, count);
      },
    });
  }
}

/** What each channel says of itself, where it does. */
function describeChannels(registry: Registry, { engine, clock }: ConsoleDeps): void {
  const seconds = (at: Date | null | undefined): number | undefined =>
    at ? Math.max(0, (clock.now().getTime() - at.getTime()) / 1000) : undefined;
  const gauges = {
    up: [
      '1 when the channel can receive and send',
      (channel: Channel) => Number(channel.health().state === 'up'),
    ],
    last_inbound_seconds: [
      'Since the last message of a user',
      (channel: Channel) => seconds(channel.status?.().lastInboundAt),
    ],
    last_confirmed_outbound_seconds: [
      'Since the platform last confirmed a message',
      (channel: Channel) => seconds(channel.status?.().lastConfirmedOutboundAt),
    ],
    queue_age_seconds: [
      'Age of the oldest unconfirmed message',
      (channel: Channel) => channel.status?.().queueAge,
    ],
  } as const;
  for (const [name, [help, read]] of Object.entries(gauges)) {
    const gauge = new Gauge({
      ...{ name: `dering_channel_${name}`, help, labelNames: ['channel'], registers: [registry] },
      collect: () => {
        gauge.reset();
        for (const channel of engine.channels.values()) {
          const value = read(channel);
          if (value !== undefined) gauge.set({ channel: channel.name }, value);
        }
      },
    });
  }
}

/** Milliseconds for which a reading of the queues is good: whoever asks faster costs the database nothing. */
const QUEUES_GOOD_FOR = 10_000;

function queueGauges(registry: Registry, { services, clock }: ConsoleDeps): () => Promise<void> {
  const length = new Gauge({
    name: 'dering_queue_length',
    help: 'What waits: inbox, outbox, mail; counted up to 1000',
    labelNames: ['queue'],
    registers: [registry],
  });
  const age = new Gauge({
    name: 'dering_queue_oldest_seconds',
    help: 'How long the oldest has waited',
    labelNames: ['queue'],
    registers: [registry],
  });
  let readAt = -Infinity;
  return async () => {
    const now = clock.now();
    if (now.getTime() - readAt < QUEUES_GOOD_FOR) return;
    readAt = now.getTime();
    for (const { name, waiting, oldestSeconds } of await readQueues(services, { now })) {
      length.set({ queue: name }, waiting);
      age.set({ queue: name }, oldestSeconds);
    }
  };
}
