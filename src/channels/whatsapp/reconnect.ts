import type { Random } from '../../shared/ids.js';

/** What to do after a connection has ended. */
export type Next =
  | { do: 'connect'; after: number; reason: string; alert: boolean }
  | { do: 'stop'; reason: string; unpaired: boolean };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const FIRST_WAIT = SECOND;
const LONGEST_WAIT = MINUTE;

/** A connection that has lasted so long counts as a success: the next failure is a first one again. */
export const STABLE_AFTER = MINUTE;

/** No sign of life for so long after the start of a connection: the platform may accept it and never answer. */
export const GIVE_UP_AFTER = 40 * SECOND;

interface Ended {
  /** The library's code; undefined when there is none. */
  code: number | undefined;
  /** Connections that have ended since the last stable one, this one included. */
  failures: number;
  /** Of these, how many because somebody else connected with our credentials. */
  replaced: number;
  random: Random;
}

/** WhatsApp's codes and what follows from them. Credentials are never deleted. */
export function nextAfter({ code, failures, replaced, random }: Ended): Next {
  switch (code) {
    case 515:
      return { do: 'connect', after: 0, reason: 'the platform asks for a new connection', alert: false };
    case 401:
      return { do: 'stop', reason: 'the phone has removed this device; pair it again', unpaired: true };
    case 403:
      return { do: 'stop', reason: 'the platform refuses this number', unpaired: false };
    case 411:
      return { do: 'stop', reason: 'the phone does not take linked devices', unpaired: false };
    case 405:
      return {
        ...{ do: 'connect', after: 5 * MINUTE + random() * 5 * MINUTE, alert: true },
        reason: 'the platform refuses this version of the client (WHATSAPP_VERSION)',
      };
    case 440:
      return replaced > 1
        ? { do: 'stop', reason: 'another client uses these credentials', unpaired: false }
        : { do: 'connect', after: MINUTE, reason: 'another client took the connection', alert: true };
    default: {
      const longest = Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT);
      return { do: 'connect', after: random() * longest, reason: 'the connection was lost', alert: false };
    }
  }
}
