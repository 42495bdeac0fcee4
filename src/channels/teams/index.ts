import type { FastifyPluginAsync } from 'fastify';
import { ChannelError, type Channel, type Inbox } from '../../conversation/channel.js';
import type { UnitBoard } from '../../conversation/unit-board.js';
import { createPulse } from '../pulse.js';
import { createAccessToken } from './access-token.js';
import type { Activity } from './activity.js';
import { createActivityRoutes } from './activity-routes.js';
import { createBoard } from './board.js';
import { createBotFramework } from './bot-framework.js';
import { teamsCapabilities } from './capabilities.js';
import { signIn, watchConnector } from './connection.js';
import { createCourtesies } from './courtesies.js';
import { createPeople } from './people.js';
import type { InvokeAnswer } from './invoke-answer.js';
import { createReceiver } from './receive-activity.js';
import { createSender } from './send.js';
import { createTakeCardAction } from './take-card-action.js';
import { createTakeThreadReply } from './take-thread-reply.js';
import type { TeamsPorts } from './types.js';
import { createVerifier } from './verify.js';

export type { TeamsPorts } from './types.js';

export type Teams = Channel & {
  /** The messaging endpoint. */
  readonly routes: FastifyPluginAsync;
  /** The units' side. */
  readonly board: UnitBoard;
};

/** A bot in Teams: service users write to it, units work on its cards. Starting never waits for Microsoft, and never fails for its sake. */
export function createTeams(ports: TeamsPorts): Teams {
  const { clock, account, endpoints, deadline, log } = ports;
  const { appId } = account;
  const pulse = createPulse(clock);
  const token = createAccessToken({ account, login: endpoints.login, clock });
  const connector = watchConnector(createBotFramework({ appId, tenantId: account.tenantId, token }), pulse);
  const courtesies = createCourtesies(connector, ports);
  const people = createPeople(connector, ports);
  const board = createBoard({ connector, ports, pulse });
  const { send, wordsOf } = createSender({ connector, ports, pulse });
  const shared = { board, connector, courtesies, people, token, ports, pulse };
  const takeCardAction = createTakeCardAction(shared);
  const takeThreadReply = createTakeThreadReply(shared);
  const receiver = createReceiver({ ...shared, takeCardAction, takeThreadReply, wordsOf });
  let inbox: Inbox | undefined;
  let stopping = new AbortController();
  let signedIn: Promise<void> = Promise.resolve();

  /** @throws Error when it could not be stored, or the channel is not running */
  const take = async (activity: Activity): Promise<InvokeAnswer | undefined> => {
    if (!inbox) throw new Error('teams is not running');
    return receiver.take(activity, inbox);
  };

  return {
    ...{ name: 'teams', account: appId, capabilities: teamsCapabilities },
    start(given) {
      inbox = given;
      stopping = new AbortController();
      signedIn = signIn({ token, ports, pulse }, stopping.signal);
      return Promise.resolve();
    },
    send: (message) => (inbox ? send(message) : Promise.reject(new ChannelError('not-started', false))),
    health: () => pulse.health(),
    status: () => pulse.status(),
    async stop() {
      inbox = undefined;
      stopping.abort();
      await signedIn;
      await receiver.idle();
      pulse.connection({ state: 'down', reason: 'stopped' });
    },
    board: board.board,
    routes: createActivityRoutes({
      verifier: createVerifier({ appId, openId: endpoints.openId, clock, deadline }),
      ...{ serviceUrls: endpoints.serviceUrls, log, take },
    }),
  };
}
