import { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { InboundContent } from '../../conversation/channel.js';
import { refusedFileReason } from '../../conversation/refused-file-reason.js';
import { contentDisposition } from '../../shared/content-disposition.js';
import { DomainError } from '../../shared/errors.js';
import { ACCOUNT, inbound, parseCursor, parseUploadFields, type Sender } from './parse.js';
import { Refusal, type RefusalCode } from './refusal.js';
import type { RouteContext } from './route-context.js';
import type { FileReference, WebChatPorts } from './types.js';
import { requireOwnPage, requireSession } from './verify.js';
import type { WireAccepted } from './wire.js';

type RefusedReason = Extract<InboundContent, { kind: 'refused-file' }>['reason'];

/** What a browser may show in place: nothing that could carry a script. */
const SHOWN_INLINE = new Set(['image/png', 'image/jpeg', 'image/webp']);

const SENTENCES: Record<RefusedReason, RefusalCode> = {
  'too-large': 'file-too-large',
  type: 'file-type',
  empty: 'file-empty',
  'name-mismatch': 'file-name-mismatch',
  unreadable: 'file-unreadable',
};

/** An upload this many times over the limit is not even read to its name. */
const HOPELESS = 5;

const FORM_OVERHEAD = 100_000;

export function addFileRoutes(app: FastifyInstance, context: RouteContext): void {
  app.post('/api/chat/files', (request, reply) => receiveFile(request, reply, context));
  app.get<{ Params: { id: string } }>('/api/chat/files/:id', (request, reply) =>
    serveFile(request, reply, context),
  );
}

async function receiveFile(
  request: FastifyRequest,
  reply: FastifyReply,
  context: RouteContext,
): Promise<FastifyReply> {
  const { ports } = context;
  requireOwnPage(request, ports.publicUrl);
  const sender: Sender = { address: requireSession(request), now: ports.clock.now() };
  refuseHopeless(request, reply, ports.maxFileBytes);
  context.limitRate(sender.address, request.ip);
  const count = countUpload(request, sender, context);
  const part = await readPart(request);
  const { id, caption } = parseUploadFields(textFields(part));
  const name = nameOf(part);

  const result = await store(part, name, sender, context.ports, count);
  const content: InboundContent =
    'refused' in result
      ? { kind: 'refused-file', name, reason: result.refused }
      : { kind: 'file', ...result.file, ...(caption === undefined ? {} : { caption }) };
  const stored = await context.receive(inbound(id, content, sender));
  if ('refused' in result) throw sentenceFor(result.refused, ports.maxFileBytes);
  const body: WireAccepted = { id: stored.messageId, clientId: id, duplicate: stored.duplicate };
  return reply.code(stored.duplicate ? 200 : 201).send(body);
}

async function store(
  part: MultipartFile,
  name: string,
  { address, now }: Sender,
  ports: WebChatPorts,
  count: (bytes: number) => void,
): Promise<{ file: FileReference } | { refused: RefusedReason }> {
  const seen: Seen = {};
  try {
    const file = await ports.storeFile({
      stream: Readable.from(upTo(ports.maxFileBytes, part.file, count, seen)),
      name,
      conversationKey: { channel: 'web-chat', account: ACCOUNT, address },
      now,
    });
    return { file };
  } catch (error) {
    if (seen.cutOff instanceof Refusal) throw seen.cutOff;
    if (seen.cutOff) return { refused: 'too-large' };
    if (part.file.errored) throw new Refusal('file-unreadable');
    const refused = error instanceof DomainError ? refusedFileReason(error.code) : undefined;
    if (refused === undefined) throw error;
    return { refused };
  } finally {
    part.file.resume();
  }
}

/** Why the stream was cut off here; the store may wrap what it meets. */
interface Seen {
  cutOff?: unknown;
}

async function* upTo(
  limit: number,
  bytes: Readable,
  count: (bytes: number) => void,
  seen: Seen,
): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of bytes) {
    const buffer = chunk as Buffer;
    total += buffer.length;
    try {
      count(buffer.length);
      if (total > limit) throw new DomainError('file-too-large');
    } catch (error) {
      seen.cutOff = error;
      throw error;
    }
    yield buffer;
  }
}

/** Browsers write a quote in a file name as %22. */
function nameOf({ filename }: MultipartFile): string {
  return (filename || 'file').replace(/%22/g, '"').slice(0, 255);
}

async function readPart(request: FastifyRequest): Promise<MultipartFile> {
  const part = await request.file({ limits: { fileSize: Number.MAX_SAFE_INTEGER } });
  if (part === undefined) throw new Refusal('invalid');
  return part;
}

function textFields(part: MultipartFile): Record<string, unknown> {
  const fields = Object.entries(part.fields).filter(([name]) => name !== part.fieldname);
  return Object.fromEntries(
    fields.map(([name, field]) => [name, field && 'value' in field ? field.value : undefined]),
  );
}

/** The body of a refused upload is read and dropped: browsers show the answer only once they have sent it all. */
function countUpload(
  request: FastifyRequest,
  { address }: Sender,
  context: RouteContext,
): (bytes: number) => void {
  try {
    return context.countUpload(address, request.ip);
  } catch (error) {
    request.raw.resume();
    throw error;
  }
}

function refuseHopeless(request: FastifyRequest, reply: FastifyReply, maxFileBytes: number): void {
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  // Not announced, as with chunks: the count of the bytes decides.
  if (!(announced > HOPELESS * maxFileBytes + FORM_OVERHEAD)) return;
  reply.header('connection', 'close');
  throw sentenceFor('too-large', maxFileBytes);
}

function sentenceFor(reason: RefusedReason, maxFileBytes: number): Refusal {
  return new Refusal(SENTENCES[reason], { megabytes: Math.floor(maxFileBytes / 1_000_000) });
}

async function serveFile(
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  context: RouteContext,
): Promise<FastifyReply> {
  const address = requireSession(request);
  context.limitReads(address, request.ip);
  const fileId = parseCursor(request.params.id);
  const opened = fileId === undefined ? undefined : await context.ports.openFile(address, fileId);
  if (opened === undefined) throw new Refusal('not-found');
  const { file, stream } = opened;
  const inline = SHOWN_INLINE.has(file.mimeType);
  return (
    reply
      .header('content-type', inline ? file.mimeType : 'application/octet-stream')
      .header('content-length', file.size)
      .header('content-disposition', contentDisposition(inline ? 'inline' : 'attachment', file.name))
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cross-origin-resource-policy', 'same-origin')
      // Whoever uses the same browser next has another cookie, and gets nothing out of its cache.
      .header('vary', 'cookie')
      .header('cache-control', 'private, max-age=3600')
      .send(stream)
  );
}
