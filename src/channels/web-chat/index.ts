import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Channel, ChannelHealth, Inbox } from '../../conversation/channel.js';
import { webChatCapabilities } from './capabilities.js';
import { addFileRoutes } from './file-routes.js';
import { createLiveFeed, type LiveFeed } from './live-feed.js';
import { addMessageRoutes } from './message-routes.js';
import { addPageRoutes } from './page-routes.js';
import { ACCOUNT } from './parse.js';
import { answerRefusal, Refusal } from './refusal.js';
import type { RouteContext } from './route-context.js';
import { send } from './send.js';
import { createThrottle } from './throttle.js';
import { createUploadQuota } from './upload-quota.js';
import type { WebChatPorts } from './types.js';

export type { ChatLine, WebChatPorts } from './types.js';

const MINUTE = 60_000;
const MESSAGES_PER_MINUTE = 60;
/** A whole office may share one address on the internet. */
const MESSAGES_PER_MINUTE_AND_IP = 1_200;
/** Far above what a page asks for, with all its tabs open and each receipt. */
const READS_PER_MINUTE = 300;
const READS_PER_MINUTE_AND_IP = 6_000;

export type WebChat = Channel & { readonly routes: FastifyPluginAsync };

/** The live chat page and its server side. Register `routes`, then `start`; before that it answers "unavailable". */
export function createWebChat(ports: WebChatPorts): WebChat {
  let inbox: Inbox | undefined;
  let feed: LiveFeed | undefined;
  let health: ChannelHealth = { state: 'starting' };
  const context = createContext(ports, {
    inbox: () => inbox,
    feed: () => feed,
    noteHealth: (state) => (health = state),
  });

  return {
    name: 'web-chat',
    account: ACCOUNT,
    capabilities: webChatCapabilities,
    start(given) {
      inbox = given;
      feed = createLiveFeed(ports);
      health = { state: 'up' };
      return Promise.resolve();
    },
    send: (message) => Promise.resolve().then(() => send(message, feed)),
    health: () => health,
    stop() {
      feed?.stop();
      feed = undefined;
      inbox = undefined;
      health = { state: 'down', reason: 'stopped' };
      return Promise.resolve();
    },
    routes: async (app) => {
      await addParsers(app);
      app.setErrorHandler((error, request, reply) => answerRefusal(error, request, reply, ports));
      // An open stream would keep the server from closing.
      app.addHook('preClose', () => {
        feed?.stop();
        return Promise.resolve();
      });
      addMessageRoutes(app, context);
      addFileRoutes(app, context);
      await addPageRoutes(app, ports);
    },
  };
}

interface Running {
  inbox(): Inbox | undefined;
  feed(): LiveFeed | undefined;
  noteHealth(state: ChannelHealth): void;
}

function createContext(ports: WebChatPorts, running: Running): RouteContext {
  const perVisitor = createThrottle(ports.clock, MESSAGES_PER_MINUTE, MINUTE);
  const perIp = createThrottle(ports.clock, MESSAGES_PER_MINUTE_AND_IP, MINUTE);
  const readsPerVisitor = createThrottle(ports.clock, READS_PER_MINUTE, MINUTE);
  const readsPerIp = createThrottle(ports.clock, READS_PER_MINUTE_AND_IP, MINUTE);
  const uploads = createUploadQuota(ports.clock);
  return {
    ports,
    countUpload: (address, ip) => uploads.begin(address, ip),
    async receive(message) {
      const inbox = running.inbox();
      if (inbox === undefined) throw new Refusal('unavailable', {}, 5);
      try {
        const stored = await inbox.receive(message);
        running.noteHealth({ state: 'up' });
        running.feed()?.bind(message.address, stored.conversationId);
        running.feed()?.wake(message.address);
        return stored;
      } catch (error) {
        running.noteHealth({ state: 'down', reason: 'messages cannot be stored' });
        throw new Refusal('unavailable', {}, 5, { cause: error });
      }
    },
    limitRate(address, ip) {
      const wait = perVisitor.take(address) ?? perIp.take(ip);
      if (wait !== undefined) throw new Refusal('too-fast', { seconds: wait }, wait);
    },
    limitReads(address, ip) {
      const wait = readsPerVisitor.take(address) ?? readsPerIp.take(ip);
      if (wait !== undefined) throw new Refusal('too-many-requests', { seconds: wait }, wait);
    },
    feed() {
      const feed = running.feed();
      if (feed === undefined) throw new Refusal('unavailable', {}, 5);
      return feed;
    },
  };
}

/** The application may have registered the same plugins for everyone. */
async function addParsers(app: FastifyInstance): Promise<void> {
  if (!app.hasReplyDecorator('setCookie')) await app.register(fastifyCookie);
  if (!app.hasContentTypeParser('multipart/form-data'))
    await app.register(fastifyMultipart, {
      // Names of files arrive as UTF-8; the parser's default is latin1.
      ...{ defParamCharset: 'utf8' },
      limits: { files: 1, fields: 5, fieldSize: 64_000 },
    });
}
