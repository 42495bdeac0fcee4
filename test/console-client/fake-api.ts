import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Change } from '../../src/console/client/api/types.js';
import { createFakeData, type FakeData } from './fake-data.js';
import { route, type FakeCall } from './fake-routes.js';

/** The contract of the console's API in memory, over real HTTP: enough to click through every page. */
export interface FakeApi {
  url: string;
  data: FakeData;
  /** Tells every open page that something changed. */
  publish: (change: Change) => void;
  /** Cuts the live streams, as a restart would. */
  cutStreams: () => void;
  /** The next writes fail with 503, this many times. */
  failWrites: (times: number) => void;
  close: () => Promise<void>;
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface FakeOptions {
  /** The present of the pretended office. */
  now: Date;
  /** Folder with the built page. */
  page: string;
}

export async function startFakeApi(options: FakeOptions): Promise<FakeApi> {
  const data = createFakeData(options.now);
  const streams = new Set<ServerResponse>();
  const sessions = new Map<string, string>();
  let cursor = 0;
  let failing = 0;

  const publish = (change: Change): void => {
    cursor += 1;
    for (const stream of streams) {
      stream.write(`id: fake-${String(cursor)}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`);
    }
  };

  const server: Server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      send(response, 500, { error: { code: 'unavailable', message: String(error) } });
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith('/api/v1/')) {
      await serveFile(options.page, url.pathname, response);
      return;
    }
    const token = /dering_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const path = url.pathname.slice('/api/v1'.length);
    const method = request.method ?? 'GET';
    if (path === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': ready\n\n');
      streams.add(response);
      request.on('close', () => streams.delete(response));
      return;
    }
    const body = await readBody(request);
    if (method !== 'GET' && request.headers['x-requested-with'] !== 'dering') {
      send(response, 403, { error: { code: 'not-allowed', message: 'Kepala permintaan tidak lengkap.' } });
      return;
    }
    if (method !== 'GET' && failing > 0 && path.startsWith('/tickets')) {
      failing -= 1;
      send(response, 503, {
        error: { code: 'unavailable', message: 'Server sedang tidak dapat dihubungi.' },
      });
      return;
    }
    const call: FakeCall = {
      method,
      path,
      query: url.searchParams,
      body,
      data,
      me: data.staff.find(({ id }) => id === sessions.get(token)) ?? null,
      now: new Date(options.now.getTime() + performance.now()),
      publish,
      signIn(staffId) {
        const made = `session-${String(sessions.size + 1)}`;
        sessions.set(made, staffId);
        response.setHeader('set-cookie', `dering_session=${made}; Path=/; HttpOnly; SameSite=Strict`);
      },
      signOut: () => sessions.delete(token),
    };
    const result = route(call);
    if (result.headers)
      for (const [name, value] of Object.entries(result.headers)) response.setHeader(name, value);
    if (result.bytes) {
      response.writeHead(200);
      response.end(result.bytes);
    } else send(response, result.status ?? 200, result.body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    data,
    publish,
    cutStreams: () => {
      for (const stream of streams) stream.destroy();
    },
    failWrites: (times) => {
      failing = times;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function serveFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const name = path.startsWith('/console/') && extname(path) ? path.slice('/console/'.length) : 'index.html';
  try {
    const bytes = await readFile(join(folder, name));
    response.writeHead(200, {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

/** JSON, or the name, type and bytes of the one file of a form. */
async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    const file = form.get('file') as File;
    return { name: file.name, mimeType: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
  }
  return bytes.length === 0 ? {} : (JSON.parse(bytes.toString('utf8')) as Record<string, unknown>);
}
