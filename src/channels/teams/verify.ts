import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.js';
import { fetchKeys, type SigningKeys } from './signing-keys.js';

/** Who signs what the Bot Connector posts to bots. */
const ISSUER = 'https://api.botframework.com';

/** The channel that a signing key has to be endorsed for. */
const CHANNEL = 'msteams';

/** Milliseconds that clocks may differ (learn.microsoft.com, "Authentication with the Bot Connector API"). */
const SKEW = 5 * 60_000;

/** Longest token that is looked at; real ones have about 1,500 characters. */
const MAX_TOKEN = 8_192;

/** What a token that counts says beyond who sent it. */
export interface Verified {
  /** The service URL that its activity must name. */
  serviceUrl: string;
}

export interface Verifier {
  /**
   * Checks the Authorization header of a request, before its body is read.
   * @returns undefined when it is not Microsoft's for this bot
   * @throws Error when Microsoft's keys could not be had: nothing can be said then
   */
  check(header: string | undefined): Promise<Verified | undefined>;
}

interface VerifierParts {
  appId: string;
  /** The OpenID document. */
  openId: string;
  clock: Clock;
  deadline: (milliseconds: number) => AbortSignal;
}

/** JSON Web Tokens by the rules of the Bot Connector: RS256, issuer, audience, life time, key of the OpenID document, endorsement. */
export function createVerifier({ appId, openId, clock, deadline }: VerifierParts): Verifier {
  const keys: SigningKeys = fetchKeys({ openId, clock, deadline });
  return {
    async check(header) {
      const token = readToken(header);
      if (!token) return undefined;
      const { iss, aud, exp, nbf, serviceurl } = token.claims;
      const now = clock.now().getTime();
      if (iss !== ISSUER || aud !== appId) return undefined;
      if (exp * 1000 + SKEW <= now || nbf * 1000 - SKEW > now) return undefined;
      const key = await keys.find(token.kid);
      if (!key?.endorsements.includes(CHANNEL)) return undefined;
      return isSigned(token, key.jwk) ? { serviceUrl: serviceurl } : undefined;
    },
  };
}

const head = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(200) });
const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number(),
  serviceurl: z.string().min(1),
});

interface Token {
  kid: string;
  claims: z.infer<typeof claims>;
  signed: string;
  signature: Buffer;
}

function readToken(header: string | undefined): Token | undefined {
  if (header === undefined || header.length > MAX_TOKEN) return undefined;
  const [, first, second, third] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(header) ?? [];
  if (first === undefined || second === undefined || third === undefined) return undefined;
  const readHead = head.safeParse(jsonOf(first));
  const readClaims = claims.safeParse(jsonOf(second));
  if (!readHead.success || !readClaims.success) return undefined;
  const signature = Buffer.from(third, 'base64url');
  return { kid: readHead.data.kid, claims: readClaims.data, signed: `${first}.${second}`, signature };
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function isSigned({ signed, signature }: Token, jwk: JsonWebKey): boolean {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return false;
  }
  return key.asymmetricKeyType === 'rsa' && verify('RSA-SHA256', Buffer.from(signed), key, signature);
}
