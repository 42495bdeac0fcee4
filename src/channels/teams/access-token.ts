import type { Clock } from '../../shared/clock.js';
import { TeamsFailure } from './failure.js';
import type { TeamsAccount } from './types.js';

/** What the Bot Connector is asked under. */
const SCOPE = 'https://api.botframework.com/.default';

/** Milliseconds before its end at which a token is no longer used. */
const MARGIN = 5 * 60_000;

/** The bot's own access to the Bot Connector. */
export interface AccessToken {
  /** @throws TeamsFailure */
  get(signal: AbortSignal): Promise<string>;
  /** The one given last was refused: the next is a new one. */
  forget(): void;
}

interface TokenParts {
  account: TeamsAccount;
  /** Without trailing slash. */
  login: string;
  clock: Clock;
}

/** The client-credentials grant of OAuth 2.0; one token for everybody until shortly before it ends. */
export function createAccessToken({ account, login, clock }: TokenParts): AccessToken {
  let current: { token: string; until: number } | undefined;
  return {
    async get(signal) {
      if (current && current.until > clock.now().getTime()) return current.token;
      const { token, seconds } = await ask(account, login, signal);
      current = { token, until: clock.now().getTime() + seconds * 1000 - MARGIN };
      return token;
    },
    forget: () => (current = undefined),
  };
}

async function ask(
  { appId, password, tenantId }: TeamsAccount,
  login: string,
  signal: AbortSignal,
): Promise<{ token: string; seconds: number }> {
  const body = new URLSearchParams({
    ...{ grant_type: 'client_credentials', scope: SCOPE },
    ...{ client_id: appId, client_secret: password },
  });
  const url = `${login}/${tenantId}/oauth2/v2.0/token`;
  const response = await fetch(url, { method: 'POST', body, signal, redirect: 'error' }).catch(() => {
    // The library's error may name the address and no more; what was sent stays here.
    throw new TeamsFailure(0, 'no answer');
  });
  const given = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const { access_token: token, expires_in: seconds, error } = given;
  if (response.ok && typeof token === 'string' && typeof seconds === 'number') return { token, seconds };
  throw new TeamsFailure(response.ok ? 0 : response.status, typeof error === 'string' ? error : 'no token');
}
