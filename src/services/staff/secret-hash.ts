import { createHash } from 'node:crypto';

/** What is stored of a cookie or a link: its secret has 256 random bits, so a plain hash cannot be guessed back. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
