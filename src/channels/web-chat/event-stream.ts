import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Viewer } from './visitor-view.js';
import { render } from './render.js';
import type { WireStateChange } from './wire.js';

/** A page that reads slower than this many bytes is cut off; it comes back and catches up. */
const MAX_BACKLOG = 1_000_000;

/** Milliseconds a browser waits before it comes back. */
const RETRY_MS = 3_000;

export interface EventStream {
  viewer: Viewer;
  body: PassThrough;
}

/** Server-sent events: `message` with a line, `state` with what became of one. */
export function openEventStream(reply: FastifyReply): EventStream {
  const body = new PassThrough();
  const write = (chunk: string): void => {
    if (body.writableEnded || body.destroyed) return;
    body.write(chunk);
    if (body.writableLength > MAX_BACKLOG) body.destroy();
  };
  reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-store, no-transform')
    .header('x-accel-buffering', 'no');
  write(`retry: ${RETRY_MS}\n\n`);
  return {
    body,
    viewer: {
      line(line) {
        for (const part of render(line))
          write(`id: ${line.id}\nevent: message\ndata: ${JSON.stringify(part)}\n\n`);
      },
      state(id, state) {
        const change: WireStateChange = { id, state };
        write(`event: state\ndata: ${JSON.stringify(change)}\n\n`);
      },
      ping: () => write('event: ping\ndata: {}\n\n'),
      end: () => body.end(),
    },
  };
}
