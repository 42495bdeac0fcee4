import Fastify, { type FastifyInstance } from 'fastify';
import { createWebChat, type WebChat } from '../../../src/channels/web-chat/index.js';
import type { WebChatPorts } from '../../../src/channels/web-chat/types.js';
import type { Inbox } from '../../../src/conversation/channel.js';
import { createFakeOffice, type FakeOffice } from './fake-office.js';

export interface ChatServer {
  app: FastifyInstance;
  chat: WebChat;
  office: FakeOffice;
  url: string;
  close(): Promise<void>;
}

export async function startChatServer(
  overrides: Partial<WebChatPorts> = {},
  inbox?: Inbox,
): Promise<ChatServer> {
  const office = createFakeOffice(overrides);
  const chat = createWebChat(office.ports);
  const app = Fastify({ forceCloseConnections: true });
  await app.register(chat.routes);
  await chat.start(inbox ?? office.inbox);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    app,
    chat,
    office,
    url,
    async close() {
      await chat.stop();
      await app.close();
    },
  };
}

export const OWN_PAGE = { 'x-requested-with': 'dering' };

/** A browser with a session. */
export interface Visitor {
  cookie: string;
  secret: string;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  upload(fields: Record<string, string>, file?: { name: string; bytes: Buffer }): Promise<Response>;
  events(path?: string, headers?: Record<string, string>): Promise<EventReader>;
}

export async function newVisitor(url: string): Promise<Visitor> {
  const opened = await fetch(`${url}/api/chat/session`, { method: 'POST', headers: OWN_PAGE });
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const request = (path: string, init: RequestInit): Promise<Response> =>
    fetch(`${url}/api/chat/${path}`, {
      ...init,
      headers: { cookie, ...(init.headers as Record<string, string>) },
    });
  return {
    cookie,
    secret: cookie.slice(cookie.indexOf('=') + 1),
    post: (path, body, headers = {}) =>
      request(path, {
        method: 'POST',
        headers: { ...OWN_PAGE, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (path, headers = {}) => request(path, { headers }),
    upload(fields, file) {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      if (file) form.append('file', new Blob([new Uint8Array(file.bytes)]), file.name);
      return request('files', { method: 'POST', headers: OWN_PAGE, body: form });
    },
    events: async (path = 'events', headers = {}) => readEvents(await request(path, { headers })),
  };
}

export interface ServerEvent {
  id: string | undefined;
  event: string;
  data: unknown;
}

export interface EventReader {
  status: number;
  next(): Promise<ServerEvent>;
  /** The next `count` events. */
  take(count: number): Promise<ServerEvent[]>;
  /** True once the server has ended the stream. */
  ended(): Promise<boolean>;
  close(): Promise<void>;
}

function readEvents(response: Response): EventReader {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';

  async function nextBlock(): Promise<string | undefined> {
    for (;;) {
      const end = buffer.indexOf('\n\n');
      if (end >= 0) {
        const block = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        return block;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      buffer += value;
    }
  }

  async function next(): Promise<ServerEvent> {
    for (;;) {
      const block = await nextBlock();
      if (block === undefined) throw new Error('the stream has ended');
      const fields = new Map(
        block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
      );
      const data = fields.get('data');
      if (data !== undefined)
        return { id: fields.get('id'), event: fields.get('event') ?? 'message', data: JSON.parse(data) };
    }
  }

  return {
    status: response.status,
    next,
    async take(count) {
      const events: ServerEvent[] = [];
      while (events.length < count) events.push(await next());
      return events;
    },
    async ended() {
      while ((await nextBlock()) !== undefined);
      return true;
    },
    close: () => reader.cancel(),
  };
}
