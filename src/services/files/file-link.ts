import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

const DEFAULT_DAYS = 30;
const DAY_MILLISECONDS = 86_400_000;

interface FileLinkInput {
  fileId: string;
  now: Date;
  /** How long it opens the file. */
  days?: number;
}

/** A link that opens one file for whoever has it, until it expires. */
export function fileLink(
  context: ServiceContext,
  { fileId, now, days = DEFAULT_DAYS }: FileLinkInput,
): string {
  const expires = Math.floor((now.getTime() + days * DAY_MILLISECONDS) / 1000);
  const claim = `${fileId}.${expires.toString(36)}`;
  return `${context.publicUrl}/f/${claim}.${sign(context, claim).toString('base64url')}`;
}

/**
 * The file that the token of a link opens.
 * @throws DomainError not-found for a token we did not make, link-expired for an old one
 */
export function readFileToken(context: ServiceContext, { token, now }: { token: string; now: Date }): string {
  const [, claim, fileId, expires, signature] =
    /^(([0-9A-Za-z]+)\.([0-9a-z]{1,8}))\.([\w-]{43})$/.exec(token) ?? [];
  if (!claim || !fileId || !expires || !signature) throw new DomainError('not-found');
  if (!timingSafeEqual(sign(context, claim), Buffer.from(signature, 'base64url')))
    throw new DomainError('not-found');
  if (parseInt(expires, 36) * 1000 <= now.getTime()) throw new DomainError('link-expired');
  return fileId;
}

function sign({ signingKey }: ServiceContext, claim: string): Buffer {
  return createHmac('sha256', signingKey).update(`file-link:${claim}`).digest();
}
