import { z } from 'zod';

/** Kinds of settings: how the text of an environment variable is read, and what is said of a wrong one. */
export const port = z.coerce.number().int().min(0).max(65_535);
export const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
export const positive = z.coerce.number().int().positive();

/**
 * Trusting every hop, or a number of them, would let whoever reaches the port directly write any address into
 * X-Forwarded-For, past all limits per address.
 */
export const proxies = z
  .union(
    [
      z.literal('false').transform(() => false as const),
      z
        .string()
        .transform((list) => list.split(',').map((address) => address.trim()))
        .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))),
    ],
    {
      error: 'give false, or the addresses or networks of the proxies with commas, e.g. 127.0.0.1,10.0.0.0/8',
    },
  )
  .default(false);

/** As @BotFather gives it: the bot's id, and its secret. */
export const botToken = z.string().regex(/^\d{3,20}:[A-Za-z0-9_-]{20,100}$/, {
  error: 'give the token of the bot as @BotFather shows it, <id>:<secret>',
});

export const webhookSecret = z.string().regex(/^[A-Za-z0-9_-]{16,256}$/, {
  error: 'give 16 to 256 letters, digits, - or _, and let nobody guess them',
});

/** Ids of Entra ID, as the app registration shows them. */
export const entraId = z.guid({
  error: 'give the id as the app registration shows it, 8-4-4-4-12 hexadecimal digits',
});

/** Where Microsoft takes what bots send; the public cloud's Bot Connector for Teams. */
const TEAMS_SERVICES = 'https://smba.trafficmanager.net/';

export const serviceUrls = z
  .string()
  .transform((list) => list.split(',').map((url) => url.trim()))
  .pipe(z.array(z.url({ protocol: /^https$/ })).min(1))
  .default([TEAMS_SERVICES]);

export const TELEGRAM_API = 'https://api.telegram.org';

export const folder = z.string().min(1).max(200);

/** A URL that does not parse is refused for that. */
export function hasCredentials(url: string): boolean {
  return !URL.canParse(url) || (new URL(url).username !== '' && new URL(url).password !== '');
}

/** 32 bytes, as `openssl rand -base64 32` prints them. */
export const sealingKey = z
  .base64({ error: 'give 32 random bytes in base64, e.g. from: openssl rand -base64 32' })
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, {
    error: 'give 32 random bytes in base64, e.g. from: openssl rand -base64 32',
  });

/** Numbers with dots, as WhatsApp Web names its versions. */
export const webVersion = z
  .string()
  .regex(/^\d+\.\d+\.\d+$/, { error: 'give three numbers with dots, e.g. 2.3000.1043857760' })
  .transform((text) => text.split('.').map(Number) as [number, number, number]);

export const yesOrNo = z.enum(['yes', 'no']).transform((word) => word === 'yes');
