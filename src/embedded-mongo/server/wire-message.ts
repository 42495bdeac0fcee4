import { decodeDocument } from '../bson/decode.js';
import { encodeDocument } from '../bson/encode.js';
import type { Doc, Value } from '../bson/value.js';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
export const LARGEST_MESSAGE = 48_100_000;

export interface Request {
  readonly id: number;
  readonly legacy: boolean;
  /** The client waits for no answer. */
  readonly silent: boolean;
  readonly command: Doc;
}

/** Reads a message; undefined for an operation that current drivers do not send. */
export function readMessage(message: Buffer): Request | undefined {
  const id = message.readInt32LE(4);
  switch (message.readInt32LE(12)) {
    case OP_MSG:
      return readOpMsg(message, id);
    case OP_QUERY:
      return readOpQuery(message, id);
    default:
      return undefined;
  }
}

function readOpMsg(message: Buffer, id: number): Request {
  const flags = message.readUInt32LE(16);
  const end = message.length - (flags & CHECKSUM ? 4 : 0);
  let command: Doc = new Map();
  const sequences: [string, Value[]][] = [];
  let at = 20;
  while (at < end) {
    const kind = message[at];
    const length = message.readInt32LE(at + 1);
    if (kind === 0) command = decodeDocument(message, at + 1);
    else sequences.push(readSequence(message, at + 1, length));
    at += 1 + length;
  }
  for (const [name, documents] of sequences) command.set(name, documents);
  return { id, legacy: false, silent: (flags & MORE_TO_COME) !== 0, command };
}

/** A list of documents sent beside the command (section kind 1). */
function readSequence(message: Buffer, start: number, length: number): [string, Value[]] {
  const nameEnd = message.indexOf(0, start + 4);
  const documents: Value[] = [];
  let at = nameEnd + 1;
  while (at < start + length) {
    documents.push(decodeDocument(message, at));
    at += message.readInt32LE(at);
  }
  return [message.toString('utf8', start + 4, nameEnd), documents];
}

/** Drivers greet with the old form before they know what the server speaks. */
function readOpQuery(message: Buffer, id: number): Request {
  const nameEnd = message.indexOf(0, 20);
  const namespace = message.toString('utf8', 20, nameEnd);
  const command = decodeDocument(message, nameEnd + 9);
  command.set('$db', namespace.split('.')[0] ?? 'admin');
  return { id, legacy: true, silent: false, command };
}

/** Frames an answer. */
export function writeMessage(request: Request, reply: Doc): Buffer {
  const headerSize = request.legacy ? 36 : 21;
  const message = encodeDocument(reply, headerSize);
  message.fill(0, 0, headerSize);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(request.id, 8);
  message.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) message.writeInt32LE(1, 32);
  return message;
}
