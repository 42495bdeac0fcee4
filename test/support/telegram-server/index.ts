import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerCall, type Answer, type BotState, type Payload, type SentMessage } from './methods.js';

export type { Payload, SentMessage } from './methods.js';

/** What one call meets instead of its answer. */
export type Fault =
  | { code: number; description?: string; parameters?: { retry_after?: number; migrate_to_chat_id?: number } }
  /** The connection is cut. */
  | 'drop'
  /** No answer ever comes. */
  | 'hang'
  /** Something that is no JSON, as a proxy sends it. */
  | 'garbage';

export interface Call {
  method: string;
  payload: Payload;
}

/** The Bot API over real HTTP for one bot, its users played by the test. */
export interface TelegramServer {
  readonly apiRoot: string;
  readonly token: string;
  /** What the bot called, in order; getUpdates left out. */
  readonly calls: Call[];
  readonly state: BotState;
  /** While true no call and no file is answered: the connection is cut. */
  down: boolean;
  /** The next call of this method meets this; several are met one after the other. `file` is the download of a file. */
  fails(method: string, ...faults: Fault[]): void;
  /** What a user sees of the bot. */
  sentTo(chatId: number): SentMessage[];
  /** A file that users may send. @returns its file_id */
  addFile(bytes: Buffer): string;
  /**
   * Hands an update over: by webhook at once, else with the next poll.
   * @returns the status of the webhook's answer; undefined without a webhook
   */
  push(update: object): Promise<number | undefined>;
  /** With the next poll once more, though it was confirmed: a confirmation may be lost. */
  pushAgain(update: object): void;
  isConfirmed(updateId: number): boolean;
  /** Resolves once `check` holds; it is asked whenever the bot has called. */
  until(check: () => boolean): Promise<void>;
  callsOf(method: string): Payload[];
  close(): Promise<void>;
}

const TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

export async function startTelegramServer(token = TOKEN): Promise<TelegramServer> {
  const faults = new Map<string, Fault[]>();
  const watchers = new Set<() => void>();
  const calls: Call[] = [];
  const state: BotState = {
    id: Number(token.split(':')[0]),
    webhook: undefined,
    lastError: undefined,
    pending: [],
    confirmed: new Set(),
    blockedBy: new Set(),
    messages: [],
    files: new Map(),
    poller: undefined,
  };
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind, path = ''] = new RegExp(`^/(bot|file/bot)${token}/(.*)$`).exec(request.url ?? '') ?? [];
    const payload = await readPayload(request);
    if (api.down) {
      request.socket.destroy();
      return;
    }
    if (kind === undefined) {
      reply(response, { code: 404, description: 'Not Found' });
      return;
    }
    const method = kind === 'bot' ? path : 'file';
    if (method !== 'getUpdates') calls.push({ method, payload });
    const fault = faults.get(method)?.shift();
    try {
      if (fault === 'hang') return;
      if (fault === 'drop') {
        request.socket.destroy();
        return;
      }
      if (fault === 'garbage') {
        response.end('<html>502</html>');
        return;
      }
      if (fault) {
        reply(response, { description: 'a fault of the test', ...fault });
        return;
      }
      if (method === 'file') {
        sendFile(response, path);
        return;
      }
      const answer = answerCall(state, method, payload, request);
      // A poll confirms what came before, and may then be held for long.
      changed();
      reply(response, await answer);
    } finally {
      changed();
    }
  }

  function sendFile(response: ServerResponse, path: string): void {
    const bytes = state.files.get(path.replace('documents/', ''));
    response.writeHead(bytes ? 200 : 404).end(bytes);
  }

  const api: TelegramServer = {
    apiRoot: '',
    token,
    calls,
    state,
    down: false,
    fails(method, ...more) {
      faults.set(method, [...(faults.get(method) ?? []), ...more]);
    },
    sentTo: (chatId) => state.messages.filter((message) => message.chatId === chatId),
    addFile(bytes) {
      const id = `file-${state.files.size + 1}`;
      state.files.set(id, bytes);
      return id;
    },
    async push(update) {
      if (state.webhook) return post(state.webhook, update);
      state.pending.push(update as { update_id: number });
      state.poller?.();
      return undefined;
    },
    pushAgain(update) {
      const { update_id: id } = update as { update_id: number };
      state.confirmed.delete(id);
      state.pending.unshift({ update_id: id, ...update, unconfirmable: true } as never);
      state.poller?.();
    },
    isConfirmed: (id) => state.confirmed.has(id),
    async until(check) {
      while (!check()) {
        await new Promise<void>((resolve) => {
          const watcher = (): void => {
            watchers.delete(watcher);
            resolve();
          };
          watchers.add(watcher);
        });
      }
    },
    callsOf: (method) => calls.filter((call) => call.method === method).map(({ payload }) => payload),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(api, {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
}

/** As Telegram posts: JSON, with the secret in its header. */
async function post(
  { url, secret }: { url: string; secret: string | undefined },
  update: object,
): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
    },
    body: JSON.stringify(update),
  });
  await response.arrayBuffer();
  return response.status;
}

async function readPayload(request: IncomingMessage): Promise<Payload> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const type = request.headers['content-type'] ?? '';
  const body = Buffer.concat(chunks);
  if (body.length === 0) return {};
  if (!type.startsWith('multipart/')) return JSON.parse(body.toString()) as Payload;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const payload: Payload = {};
  for (const [name, value] of form.entries()) {
    payload[name] =
      typeof value === 'string' ? value : { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
  }
  return payload;
}

function reply(response: ServerResponse, answer: Answer): void {
  if ('result' in answer) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: true, result: answer.result }));
    return;
  }
  const { code, description, parameters } = answer;
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: false, error_code: code, description, parameters }));
}
