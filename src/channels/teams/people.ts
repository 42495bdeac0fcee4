import type { InboundMessage } from '../../conversation/channel.js';
import type { BoardPerson } from '../../conversation/unit-board.js';
import type { Activity } from './activity.js';
import type { BotConnector, Member, Target } from './connector.js';
import type { Place, TeamsPorts } from './types.js';

/** Milliseconds to ask the directory: the platform waits fifteen seconds for everything together. */
const DEADLINE = 3_000;

/** Who somebody is, by the directory of the office's own tenant. */
export interface People {
  /** A service user, asked about once and then known by their place. */
  known(place: Place, target: Target): Promise<InboundMessage['known']>;
  /** Somebody of a unit; undefined when not even their directory id is known. */
  member(activity: Activity, target: Target): Promise<BoardPerson | undefined>;
}

export function createPeople(
  connector: BotConnector,
  { clock, deadline, places, log }: Pick<TeamsPorts, 'clock' | 'deadline' | 'places' | 'log'>,
): People {
  /** Without an answer in time the person is asked for their address as on any other channel. */
  const ask = async (target: Target, userId: string): Promise<Member | undefined> => {
    try {
      return await connector.member(target, userId, deadline(DEADLINE));
    } catch (error) {
      log.debug({ err: error, channel: 'teams' }, 'the directory did not say who somebody is');
      return undefined;
    }
  };

  return {
    async known(place, target) {
      let { name, email } = place;
      if (place.askedAt === null && place.userId !== null) {
        const found = await ask(target, place.userId);
        if (found) {
          ({ email } = found);
          name = found.name ?? name;
          const now = clock.now();
          const aadObjectId = found.aadObjectId ?? place.aadObjectId;
          await places.save({ ...place, name, email, aadObjectId, askedAt: now }, now);
        }
      }
      return { ...(name === null ? {} : { name }), ...(email === null ? {} : { email }) };
    },
    async member({ from, channelData }, { serviceUrl, conversationId }) {
      if (!from) return undefined;
      // Members belong to the team, not to one of its threads.
      const roster = channelData?.team?.id ?? conversationId;
      const found = await ask({ serviceUrl, conversationId: roster }, from.id);
      const aadObjectId = from.aadObjectId ?? found?.aadObjectId;
      if (aadObjectId === undefined || aadObjectId === null) return undefined;
      return { aadObjectId, name: found?.name ?? from.name ?? '', email: found?.email ?? null };
    },
  };
}
