import { inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_LENGTH = 13;
/** Length, type and checksum around the data of a chunk. */
const FRAME = 12;

/** Per side; a drawing area has less, also on a screen with three pixels to the point. */
const MOST_PIXELS = 4_096;
const MOST_BYTES = 16_000_000;
const LAST_FILTER = 4;

/** Bytes of a pixel by colour type: true colour, and with transparency, as browsers write a canvas. */
const PIXEL_BYTES: ReadonlyMap<number, number> = new Map([
  [2, 3],
  [6, 4],
]);

/**
 * A picture that the renderer reads to its end, with its pixels and nothing else: it decodes in the background, where a damaged
 * picture would take the process down. 8 bits a channel, not interlaced.
 * @returns undefined for anything else
 */
export function plainPng(bytes: Uint8Array): Buffer | undefined {
  const chunks = readChunks(Buffer.from(bytes));
  const header = chunks?.find(({ type }) => type === 'IHDR');
  const pixels = chunks?.filter(({ type }) => type === 'IDAT') ?? [];
  const end = chunks?.at(-1);
  if (chunks?.[0] !== header || !header || end?.type !== 'IEND') return undefined;
  if (!isWhole(header.data, Buffer.concat(pixels.map(({ data }) => data)))) return undefined;
  return Buffer.concat([SIGNATURE, ...[header, ...pixels, end].map(({ whole }) => whole)]);
}

interface Chunk {
  type: string;
  data: Buffer;
  whole: Buffer;
}

function readChunks(png: Buffer): Chunk[] | undefined {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined;
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + FRAME <= png.length;) {
    const end = at + FRAME + png.readUInt32BE(at);
    if (end > png.length) return undefined;
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, end - 4), whole: png.subarray(at, end) });
    if (type === 'IEND') break;
    at = end;
  }
  return chunks;
}

function isWhole(header: Buffer, compressed: Buffer): boolean {
  if (header.length !== HEADER_LENGTH) return false;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, ...methods] = header.subarray(8);
  const pixelBytes = PIXEL_BYTES.get(colour ?? -1);
  if (depth !== 8 || pixelBytes === undefined || methods.some((method) => method !== 0)) return false;
  if (Math.min(width, height) < 1 || Math.max(width, height) > MOST_PIXELS) return false;
  const line = 1 + width * pixelBytes;
  if (line * height > MOST_BYTES) return false;
  const rows = inflate(compressed, line * height);
  if (rows?.length !== line * height) return false;
  return Array.from({ length: height }, (_, row) => rows[row * line] ?? 0).every(
    (filter) => filter <= LAST_FILTER,
  );
}

function inflate(compressed: Buffer, most: number): Buffer | undefined {
  try {
    return inflateSync(compressed, { maxOutputLength: most });
  } catch {
    return undefined;
  }
}
