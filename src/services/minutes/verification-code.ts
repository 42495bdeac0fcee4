import { createHmac } from 'node:crypto';
import type { ServiceContext } from '../service-context.js';

/**
 * The unguessable part of a verification link. Made from the signing key instead of chance, so that minutes issued
 * again after a crash carry the same code.
 */
export function verificationCode({ signingKey }: ServiceContext, ticketId: string, revision: number): string {
  return createHmac('sha256', signingKey)
    .update(`minutes:${ticketId}:${revision}`)
    .digest('base64url')
    .slice(0, 32);
}

/** Where anybody can check printed minutes. */
export function verificationUrl({ publicUrl }: ServiceContext, code: string): string {
  return `${publicUrl}/verify/${code}`;
}
