import type { JsonWebKey } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.js';

/** Milliseconds after which the keys are fetched anew, and between two looks for a key that is not among them. */
const FRESH = 24 * 60 * 60_000;
const LOOK_AGAIN = 5 * 60_000;

/** Milliseconds for both documents: the platform waits fifteen seconds for its answer. */
const DEADLINE = 5_000;

interface SigningKey {
  jwk: JsonWebKey;
  /** Channels it signs for. */
  endorsements: readonly string[];
}

export interface SigningKeys {
  /** @throws Error when there are no keys at all, because they could not be fetched */
  find(kid: string): Promise<SigningKey | undefined>;
}

interface KeyParts {
  openId: string;
  clock: Clock;
  deadline: (milliseconds: number) => AbortSignal;
}

/** The keys that Microsoft signs with, from its OpenID document; old ones count while new ones cannot be had. */
export function fetchKeys({ openId, clock, deadline }: KeyParts): SigningKeys {
  let keys: Map<string, SigningKey> | undefined;
  let fetchedAt = 0;
  let triedAt = 0;
  let fetching: Promise<void> | undefined;

  const refresh = (): Promise<void> =>
    (fetching ??= (async () => {
      triedAt = clock.now().getTime();
      try {
        keys = await load(openId, deadline(DEADLINE));
        fetchedAt = triedAt;
      } catch (error) {
        if (!keys) throw error;
      } finally {
        fetching = undefined;
      }
    })());

  return {
    async find(kid) {
      const now = clock.now().getTime();
      if (!keys || fetching) await refresh();
      else if (now - triedAt >= LOOK_AGAIN && (!keys.has(kid) || now - fetchedAt >= FRESH)) await refresh();
      return keys?.get(kid);
    },
  };
}

const document = z.object({ jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.unknown()).max(1_000) });
const rsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).catch([]),
});

async function load(openId: string, signal: AbortSignal): Promise<Map<string, SigningKey>> {
  const { jwks_uri: uri } = document.parse(await fetchJson(openId, signal));
  if (openId.startsWith('https:') && !uri.startsWith('https:')) throw new Error('keys without https');
  const { keys } = keySet.parse(await fetchJson(uri, signal));
  const found = new Map<string, SigningKey>();
  for (const one of keys) {
    const read = rsaKey.safeParse(one);
    if (!read.success) continue;
    const { kid, endorsements, kty, n, e } = read.data;
    found.set(kid, { jwk: { kty, n, e }, endorsements });
  }
  if (found.size === 0) throw new Error('no signing keys');
  return found;
}

async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, redirect: 'error' });
  if (!response.ok) throw new Error(`keys: ${response.status}`);
  return response.json();
}
