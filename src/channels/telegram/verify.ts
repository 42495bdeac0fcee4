import { createHash, timingSafeEqual } from 'node:crypto';

/** The header in which Telegram repeats the secret that setWebhook gave it. */
export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** Compares in constant time, whatever the lengths. */
export function isFromTelegram(header: string | string[] | undefined, secret: string): boolean {
  return typeof header === 'string' && timingSafeEqual(digest(header), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
