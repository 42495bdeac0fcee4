import type { MeetingsConfig } from '../../shared/config.js';
import { MeetingFailure, type MeetingMaker, type MeetingRequest } from './meeting-maker.js';

/** Where Microsoft answers. Fixed: whoever could change them would be told the secret. */
const MICROSOFT = { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com/v1.0' };

/** Milliseconds for one call. */
const PATIENCE = 20_000;

/**
 * Teams meetings by Microsoft Graph, in the name of one account (learn.microsoft.com, "onlineMeeting: createOrGet"): the same
 * external id gives the same meeting, so a call whose answer was lost is made again without harm. A new token each time: there
 * are a few meetings a day.
 */
export function createGraphMeetings(account: MeetingsConfig, roots = MICROSOFT): MeetingMaker {
  return {
    async create(request) {
      const token = await signIn(account, roots.login);
      const url = `${roots.graph}/users/${account.organiser}/onlineMeetings/createOrGet`;
      const { status, body } = await ask(url, {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(meetingOf(request)),
      });
      const { joinWebUrl } = body;
      if (typeof joinWebUrl !== 'string' || URL.parse(joinWebUrl)?.protocol !== 'https:') {
        throw new MeetingFailure('unusable', status);
      }
      return { joinUrl: joinWebUrl };
    },
  };
}

function meetingOf({ subject, startsAt, endsAt, key }: MeetingRequest): Record<string, string> {
  const times = { startDateTime: startsAt.toISOString(), endDateTime: endsAt.toISOString() };
  return { externalId: key, subject, ...times };
}

/** The client-credentials grant of OAuth 2.0. */
async function signIn({ appId, password, tenantId }: MeetingsConfig, login: string): Promise<string> {
  const { status, body } = await ask(`${login}/${tenantId}/oauth2/v2.0/token`, {
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' },
      ...{ client_id: appId, client_secret: password },
    }),
  });
  if (typeof body.access_token !== 'string') throw new MeetingFailure('unusable', status);
  return body.access_token;
}

/** @throws MeetingFailure for anything but a success */
async function ask(
  url: string,
  request: Pick<RequestInit, 'headers' | 'body'>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const options = {
    ...request,
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  } as const;
  const response = await fetch(url, options).catch((error: unknown) => {
    throw new MeetingFailure('unreachable', 0, { cause: error });
  });
  const { status, ok } = response;
  const passing = status === 408 || status === 429 || status >= 500;
  if (!ok) throw new MeetingFailure(passing ? 'unreachable' : 'refused', status);
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return { status, body };
}
