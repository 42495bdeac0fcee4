import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import type { AccessToken } from './access-token.js';
import type { BotConnector, Member, OutgoingActivity } from './connector.js';
import { TeamsFailure } from './failure.js';

type ConnectorClient = Awaited<
  ReturnType<ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>['create']>
>;

/** What the library would do behind our back: send again what may have arrived, wait for minutes, follow to other hosts. */
const UNWANTED_POLICIES = ['defaultRetryPolicy', 'redirectPolicy'];

interface FrameworkParts {
  appId: string;
  /** The directory that vouches for e-mail addresses. */
  tenantId: string;
  token: AccessToken;
}

/** The Bot Connector through `botbuilder`; the only file that knows the library. Why, and what else: docs/decisions/0007. */
export function createBotFramework({ appId, tenantId: ours, token }: FrameworkParts): BotConnector {
  const clients = new Map<string, Promise<ConnectorClient>>();

  /** At the first call: most offices have the channel off, and the library takes half a second to load. */
  const clientFor = (serviceUrl: string): Promise<ConnectorClient> => {
    const known = clients.get(serviceUrl);
    if (known) return known;
    const made = makeClient(appId, serviceUrl);
    clients.set(serviceUrl, made);
    return made;
  };

  /** The token is asked for here, so that its failures are not mistaken for those of the call. */
  const call = async <T>(
    serviceUrl: string,
    signal: AbortSignal,
    request: (
      client: ConnectorClient,
      options: { abortSignal: AbortSignal; customHeaders: Record<string, string> },
    ) => Promise<T>,
  ): Promise<T> => {
    const authorization = `Bearer ${await token.get(signal)}`;
    try {
      const client = await clientFor(serviceUrl);
      return await request(client, { abortSignal: signal, customHeaders: { authorization } });
    } catch (error) {
      const failure = toFailure(error);
      if (failure.status === 401) token.forget();
      throw failure;
    }
  };

  return {
    send: async ({ serviceUrl, conversationId }, activity, signal) => {
      const sent = await call(serviceUrl, signal, (client, options) =>
        client.conversations.sendToConversation(conversationId, toLibrary(activity), options),
      );
      return idOf(sent.id);
    },
    update: async ({ serviceUrl, conversationId }, activityId, activity, signal) => {
      await call(serviceUrl, signal, (client, options) =>
        client.conversations.updateActivity(
          conversationId,
          activityId,
          { ...toLibrary(activity), id: activityId },
          options,
        ),
      );
    },
    open: async (serviceUrl, wanted, signal) => {
      const { tenantId } = wanted;
      const bot = { id: `28:${appId}`, name: '' };
      const parameters =
        wanted.kind === 'thread'
          ? {
              ...{ isGroup: true, bot, tenantId, activity: toLibrary(wanted.activity) },
              channelData: { channel: { id: wanted.channelId }, tenant: { id: tenantId } },
            }
          : {
              ...{ isGroup: false, bot, tenantId, members: [{ id: wanted.userId, name: '' }] },
              channelData: { tenant: { id: tenantId } },
            };
      const opened = await call(serviceUrl, signal, (client, options) =>
        // The library declares every field of an activity as required; the service does not.
        client.conversations.createConversation(parameters as never, options),
      );
      const activityId = wanted.kind === 'thread' ? idOf(opened.activityId) : '';
      return { conversationId: idOf(opened.id), activityId };
    },
    member: async ({ serviceUrl, conversationId }, userId, signal) => {
      const found = await call(serviceUrl, signal, (client, options) =>
        client.conversations.getConversationMember(conversationId, userId, options),
      );
      return readMember(found, ours);
    },
  };
}

async function makeClient(appId: string, serviceUrl: string): Promise<ConnectorClient> {
  const library = await import('botbuilder');
  // Tokens are ours and go in a header: the library's own way (msal) cannot be tested without Microsoft.
  const credentials = {
    createCredentials: () => Promise.resolve({ signRequest: (request: unknown) => Promise.resolve(request) }),
    isValidAppId: (id: string) => Promise.resolve(id === appId),
    isAuthenticationDisabled: () => Promise.resolve(false),
  };
  const authentication = new library.ConfigurationBotFrameworkAuthentication({}, credentials as never);
  const factory = authentication.createConnectorFactory({ getClaimValue: () => appId } as never);
  const client = await factory.create(serviceUrl, 'https://api.botframework.com');
  // Private in its types; that it is there is checked, so that an update of the library cannot bring the retries back.
  const { pipeline } = inner.parse(client).client;
  for (const name of UNWANTED_POLICIES) {
    const removed: unknown = pipeline.removePolicy({ name });
    if (!Array.isArray(removed) || removed.length === 0) throw new Error(`botbuilder has no ${name}`);
  }
  return client;
}

const inner = z.object({
  client: z.object({
    pipeline: z.custom<{ removePolicy: (options: { name: string }) => unknown }>(
      (value) => typeof value === 'object' && value !== null && 'removePolicy' in value,
    ),
  }),
});

function toLibrary(activity: OutgoingActivity): object {
  return { ...activity };
}

function idOf(id: unknown): string {
  if (typeof id === 'string' && id !== '') return id;
  throw new TeamsFailure(0, 'an answer without an id');
}

const text = z.string().min(1).nullish().catch(null);
const member = z
  .looseObject({
    ...{ aadObjectId: text, objectId: text, name: text },
    ...{ email: text, userPrincipalName: text, tenantId: text },
  })
  .catch({
    ...{ aadObjectId: null, objectId: null, name: null },
    ...{ email: null, userPrincipalName: null, tenantId: null },
  });

/**
 * Guests, and people of other offices in a shared channel, bring the address of another directory, where an administrator may
 * write anything: ours does not vouch for it.
 */
function readMember(value: unknown, ours: string): Member {
  const { aadObjectId, objectId, name, email, userPrincipalName, tenantId } = member.parse(value);
  const isForeign = tenantId !== undefined && tenantId !== null && tenantId !== ours;
  const isGuest = isForeign || (userPrincipalName?.includes('#EXT#') ?? false);
  const address = email ?? userPrincipalName ?? null;
  return {
    aadObjectId: aadObjectId ?? objectId ?? null,
    name: name ?? null,
    email: isGuest || !address?.includes('@') ? null : address.toLowerCase(),
  };
}

const refusal = z.looseObject({
  statusCode: z.number(),
  code: z.string().optional().catch(undefined),
  response: z
    .object({ headers: z.custom<{ get: (name: string) => string | undefined }>() })
    .optional()
    .catch(undefined),
});

/** The library's error carries request and answer, token and text included: only status, code and wait are kept. */
function toFailure(error: unknown): TeamsFailure {
  if (error instanceof TeamsFailure) return error;
  const read = refusal.safeParse(error);
  // An id that cannot be part of an address never left the house: that says nothing about the connection.
  if (error instanceof URIError) return new TeamsFailure(400, 'URIError');
  if (!read.success) return new TeamsFailure(0, nameOf(error));
  const { statusCode, code, response } = read.data;
  const wait = Number(response?.headers.get('retry-after'));
  return new TeamsFailure(
    statusCode,
    code ?? 'no code',
    Number.isFinite(wait) && wait > 0 ? wait : undefined,
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
