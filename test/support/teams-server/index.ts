import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const TENANT_ID = '99999999-8888-4777-8666-555555555555';
export const PASSWORD = 'rahasia~contoh~bukan~sungguhan';
const PASTED = '/teams/v3/attachments/';
const KEY_ID = 'kunci-contoh-1';

const signer = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

export type Json = Record<string, unknown>;

/** What one call meets instead of its answer. */
export type Fault =
  | { status: number; code?: string; retryAfter?: number }
  /** The connection is cut. */
  | 'drop';

export interface Call {
  method: string;
  path: string;
  body: Json;
  authorization: string | undefined;
}

/** An activity as it stands in a chat or thread now. */
export interface Shown extends Json {
  id: string;
  conversationId: string;
}

interface TokenOptions {
  claims?: Json;
  header?: Json;
  /** Signed by a key that Microsoft does not know. */
  forged?: boolean;
}

/** Microsoft's side for one bot over real HTTP: OpenID document, sign-in, Bot Connector, OneDrive; users are played by the test. */
export interface TeamsServer {
  readonly origin: string;
  /** Of this tenant's Bot Connector. */
  readonly serviceUrl: string;
  readonly calls: Call[];
  readonly shown: Shown[];
  /** What was put into somebody's OneDrive, by path. */
  readonly uploads: Map<string, Buffer>;
  readonly members: Map<string, Json>;
  /** Channels of the keys' endorsements. */
  endorsements: string[];
  /** While true nothing is answered: the connection is cut. */
  down: boolean;
  /** The next calls of this kind meet these, one after the other. */
  fails(
    kind: 'token' | 'openid' | 'send' | 'update' | 'open' | 'member' | 'file' | 'upload',
    ...faults: Fault[]
  ): void;
  /** A file in somebody's OneDrive, or a picture pasted into a chat, which opens with the bot's token only. */
  addFile(bytes: Buffer, pasted?: boolean): string;
  token(now: Date, options?: TokenOptions): string;
  of(conversationId: string): Shown[];
  close(): Promise<void>;
}

export async function startTeamsServer(): Promise<TeamsServer> {
  const faults = new Map<string, Fault[]>();
  const files = new Map<string, Buffer>();
  let ids = 1_772_418_000_000;
  const nextId = (): string => String((ids += 1));

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const { pathname: path } = new URL(request.url ?? '/', api.origin);
    const method = request.method ?? 'GET';
    const kind = kindOf(method, path);
    const fault = api.down ? 'drop' : faults.get(kind)?.shift();
    const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
    const body = isJson && bytes.length > 0 ? (JSON.parse(bytes.toString()) as Json) : {};
    if (kind !== 'openid')
      api.calls.push({ method, path, body, authorization: request.headers.authorization });
    if (fault === 'drop') {
      request.socket.destroy();
      return;
    }
    if (fault) {
      const wait = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      response.writeHead(fault.status, { 'content-type': 'application/json', ...wait });
      response.end(JSON.stringify({ error: { code: fault.code, message: 'a fault of the test' } }));
      return;
    }
    if (kind === 'file') {
      sendFile(path, request.headers.authorization, response);
      return;
    }
    if (kind === 'upload') {
      api.uploads.set(path, bytes);
      response.writeHead(201).end('{}');
      return;
    }
    const isKnown =
      kind === 'openid' || kind === 'token' || request.headers.authorization === 'Bearer akses-1';
    const [status, answer] = isKnown
      ? answerTo(kind, path, body, bytes)
      : [401, { error: { code: 'Unauthorized' } }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  function sendFile(path: string, authorization: string | undefined, response: ServerResponse): void {
    const isOpen = !path.startsWith(PASTED) || authorization === 'Bearer akses-1';
    const file = isOpen ? files.get(path) : undefined;
    response.writeHead(file ? 200 : 404).end(file);
  }

  function answerTo(kind: string, path: string, body: Json, bytes: Buffer): [number, Json] {
    const [, conversation = '', last = ''] =
      /conversations\/([^/]+)(?:\/(?:activities|members)\/?([^/]*))?/.exec(path)?.map(decodeURIComponent) ??
      [];
    switch (kind) {
      case 'openid':
        return [
          200,
          path === '/openid' ? { jwks_uri: `${api.origin}/keys` } : { keys: keysOf(api.endorsements) },
        ];
      case 'token':
        return tokenAnswer(path, bytes);
      case 'open': {
        const { activity, channelData } = body as {
          activity?: Json;
          channelData?: { channel?: { id: string } };
        };
        const id = nextId();
        const thread = channelData?.channel?.id;
        const conversationId = thread === undefined ? `a:baru-${id}` : `${thread};messageid=${id}`;
        if (activity) api.shown.push({ ...activity, id, conversationId });
        return [201, { id: conversationId, ...(activity ? { activityId: id } : {}) }];
      }
      case 'update': {
        const at = api.shown.findIndex(({ id }) => id === last);
        if (at < 0) return [404, { error: { code: 'ActivityNotFoundInConversation' } }];
        api.shown[at] = { ...body, id: last, conversationId: conversation };
        return [200, { id: last }];
      }
      case 'member': {
        const member = api.members.get(last);
        return member ? [200, member] : [404, { error: { code: 'MemberNotFoundInConversation' } }];
      }
      default: {
        const id = nextId();
        api.shown.push({ ...body, id, conversationId: conversation });
        return [201, { id }];
      }
    }
  }

  const api: TeamsServer = {
    ...{ origin: '', serviceUrl: '', calls: [], shown: [], uploads: new Map(), members: new Map() },
    ...{ endorsements: ['msteams'], down: false },
    fails: (kind, ...more) => void faults.set(kind, [...(faults.get(kind) ?? []), ...more]),
    addFile(bytes, pasted = false) {
      const path = `${pasted ? PASTED : '/files/'}berkas-${files.size + 1}`;
      files.set(path, bytes);
      return `${api.origin}${path}${pasted ? '' : '?tempauth=rahasia-tautan'}`;
    },
    token(now, { claims = {}, header = {}, forged = false } = {}) {
      const seconds = Math.floor(now.getTime() / 1000);
      const own = {
        ...{ iss: 'https://api.botframework.com', aud: APP_ID, serviceurl: api.serviceUrl },
        ...{ nbf: seconds - 60, exp: seconds + 3_600 },
      };
      const head = { typ: 'JWT', alg: 'RS256', kid: KEY_ID, x5t: KEY_ID };
      const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const signed = `${part({ ...head, ...header })}.${part({ ...own, ...claims })}`;
      const { privateKey } = forged ? stranger : signer;
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`;
    },
    of: (conversationId) => api.shown.filter((one) => one.conversationId === conversationId),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(api, { origin, serviceUrl: `${origin}/teams/` });
}

function kindOf(method: string, path: string): string {
  if (path === '/openid' || path === '/keys') return 'openid';
  if (path.startsWith('/login/')) return 'token';
  if (path.startsWith('/files/') || path.startsWith(PASTED)) return 'file';
  if (path.startsWith('/upload/')) return 'upload';
  if (path.includes('/members/')) return 'member';
  if (path.endsWith('/v3/conversations')) return 'open';
  return method === 'PUT' ? 'update' : 'send';
}

function keysOf(endorsements: string[]): Json[] {
  const jwk = signer.publicKey.export({ format: 'jwk' });
  return [
    { kty: 'EC', kid: 'lain', crv: 'P-256', x: 'x', y: 'y' },
    { ...jwk, use: 'sig', kid: KEY_ID, x5t: KEY_ID, endorsements },
  ];
}

function tokenAnswer(path: string, bytes: Buffer): [number, Json] {
  const form = new URLSearchParams(bytes.toString());
  const isRight =
    path === `/login/${TENANT_ID}/oauth2/v2.0/token` &&
    form.get('client_id') === APP_ID &&
    form.get('client_secret') === PASSWORD &&
    form.get('scope') === 'https://api.botframework.com/.default';
  return isRight
    ? [200, { token_type: 'Bearer', expires_in: 86_399, access_token: 'akses-1' }]
    : [401, { error: 'invalid_client' }];
}
