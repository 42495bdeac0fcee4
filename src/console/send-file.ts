import type { FastifyReply } from 'fastify';
import type { OpenedFile } from '../services/files/open-file.js';
import { contentDisposition } from '../shared/content-disposition.js';

/** What a browser may show instead of save: nothing that can carry a script of ours. */
const SHOWN_INLINE = ['image/png', 'image/jpeg', 'image/webp', 'application/pdf'];

const POLICY = "sandbox; default-src 'none'; frame-ancestors 'self'";
/** The viewers of Chromium and Safari are plug-ins with styles of their own, and a sandbox has no plug-ins. */
const PDF_VIEWER_POLICY =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/**
 * Streams a file so that the browser takes it for nothing but what we say it is, and runs nothing in it.
 * `inline` is honoured only for images and PDF.
 */
export function sendFile(
  reply: FastifyReply,
  { file, ...opened }: OpenedFile,
  { inline }: { inline: boolean },
): FastifyReply {
  return withHeaders(reply, file, inline).send(opened.read());
}

/** The same for a paper that was made on the spot. */
export function sendPaper(
  reply: FastifyReply,
  { bytes, ...paper }: { name: string; mimeType: string; bytes: Buffer },
): FastifyReply {
  return withHeaders(reply, { ...paper, size: bytes.length }, true).send(bytes);
}

function withHeaders(
  reply: FastifyReply,
  { name, mimeType, size }: { name: string; mimeType: string; size: number },
  inline: boolean,
): FastifyReply {
  const shown = inline && SHOWN_INLINE.includes(mimeType);
  const viewed = shown && mimeType === 'application/pdf';
  return reply
    .type(mimeType)
    .header('content-length', size)
    .header('content-disposition', contentDisposition(shown ? 'inline' : 'attachment', name))
    .header('content-security-policy', viewed ? PDF_VIEWER_POLICY : POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store');
}
