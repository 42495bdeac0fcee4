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
  const shown = inline && SHOWN_INLINE.includes(file.mimeType);
  const viewed = shown && file.mimeType === 'application/pdf';
  return reply
    .type(file.mimeType)
    .header('content-length', file.size)
    .header('content-disposition', contentDisposition(shown ? 'inline' : 'attachment', file.name))
    .header('content-security-policy', viewed ? PDF_VIEWER_POLICY : POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .send(opened.read());
}
