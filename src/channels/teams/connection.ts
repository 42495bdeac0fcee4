import type { Pulse } from '../pulse.js';
import type { AccessToken } from './access-token.js';
import type { BotConnector } from './connector.js';
import { reasonOf, TeamsFailure } from './failure.js';
import type { TeamsPorts } from './types.js';

/** Milliseconds until one question for a token counts as unanswered. */
const DEADLINE = 20_000;

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

interface ConnectionParts {
  token: AccessToken;
  ports: Pick<TeamsPorts, 'deadline' | 'log' | 'wait'>;
  pulse: Pulse;
}

/** Signs the bot in, again and again until it works or the signal is aborted. Never throws. */
export async function signIn({ token, ports, pulse }: ConnectionParts, signal: AbortSignal): Promise<void> {
  const isOver = (): boolean => signal.aborted;
  for (let failures = 0; !isOver();) {
    try {
      await token.get(AbortSignal.any([signal, ports.deadline(DEADLINE)]));
      pulse.connection({ state: 'up' });
      return;
    } catch (error) {
      if (isOver()) return;
      failures += 1;
      pulse.connection({ state: 'down', reason: reasonOf(error) });
      ports.log.warn({ err: error, channel: 'teams', attempt: failures }, 'teams is not signed in');
      await ports.wait(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1)), signal);
    }
  }
}

/** Lets every call tell how the connection is: an app secret can end while the bot is running. */
export function watchConnector(connector: BotConnector, pulse: Pulse): BotConnector {
  const watched = async <T>(call: Promise<T>): Promise<T> => {
    try {
      const result = await call;
      pulse.connection({ state: 'up' });
      return result;
    } catch (error) {
      const isOurs = error instanceof TeamsFailure && (error.status === 401 || error.status === 0);
      if (isOurs) pulse.connection({ state: 'down', reason: reasonOf(error) });
      throw error;
    }
  };
  return {
    send: (...given) => watched(connector.send(...given)),
    update: (...given) => watched(connector.update(...given)),
    open: (...given) => watched(connector.open(...given)),
    member: (...given) => watched(connector.member(...given)),
  };
}
