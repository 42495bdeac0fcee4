import { Readable } from 'node:stream';
import type { ScriptAttachment } from './script-line.js';

const CHUNK = 1 << 20;

/** First bytes by which a kind of file is recognised; the rest of a made-up file is filling. */
const HEADS: Readonly<Record<string, Buffer>> = {
  'application/pdf': Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'),
  'image/png': Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex'),
  'image/jpeg': Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  'image/webp': Buffer.from('524946462400000057454250565038', 'hex'),
  'audio/ogg': Buffer.from('4f67675300020000000000000000000000000000000000000000011e01766f72626973', 'hex'),
  'audio/mpeg': Buffer.from('49443303000000000000', 'hex'),
  'video/mp4': Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'),
  'application/x-msdownload': Buffer.from('4d5a900003000000', 'hex'),
  'text/plain': Buffer.from('Contoh '),
};

/** The content of an attachment of a script. */
export function attachmentContent({ mimeType, base64, size = 0 }: ScriptAttachment): Readable {
  if (base64 !== undefined) return Readable.from([Buffer.from(base64, 'base64')]);
  return Readable.from(madeUp(HEADS[mimeType] ?? Buffer.alloc(0), size));
}

function* madeUp(head: Buffer, size: number): Generator<Buffer> {
  let left = size;
  const first = head.subarray(0, left);
  if (first.length > 0) yield first;
  left -= first.length;
  // Spaces are valid filling in text as well as behind the head of a binary file.
  for (; left > 0; left -= CHUNK) yield Buffer.alloc(Math.min(CHUNK, left), ' ');
}
