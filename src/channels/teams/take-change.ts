import type { Activity } from './activity.js';
import type { Target } from './connector.js';
import type { Courtesies } from './courtesies.js';
import type { Once } from './once.js';
import { whereOf, type Arrival } from './parse.js';
import type { Place, TeamsPorts } from './types.js';

interface ChangeParts {
  courtesies: Courtesies;
  ports: Pick<TeamsPorts, 'clock' | 'noteReachable' | 'places'>;
  once: Once;
}

interface Where {
  activity: Activity;
  place: Place | undefined;
  target: Target;
}

type Change = Extract<Arrival, { kind: 'installed' | 'removed' | 'channel' }>;

export type TakeChange = (arrival: Change, where: Where) => Promise<void>;

const GREETINGS = { person: 'welcome', team: 'welcomeTeam', group: 'onlyPrivate' } as const;

/** The bot has been let in somewhere, or put out; whoever lets it in is greeted once. */
export function createTakeChange({ courtesies, ports, once }: ChangeParts): TakeChange {
  const { clock, places, noteReachable } = ports;

  return async (arrival, where) => {
    const { place } = where;
    if (arrival.kind === 'removed' || (arrival.kind === 'channel' && arrival.change === 'gone')) {
      if (place) await leave(arrival, place, where.activity);
      return;
    }
    if (arrival.kind !== 'installed') return;
    if (place?.kind === 'person') await noteReachable(place.id, true);
    if (arrival.greet) await greet(GREETINGS[arrival.where], where);
  };

  async function leave(arrival: Change, place: Place, activity: Activity): Promise<void> {
    const now = clock.now();
    await places.save({ ...place, goneAt: now }, now);
    if (place.kind === 'person') await noteReachable(place.id, false);
    else if (arrival.kind === 'removed' && whereOf(activity) === 'team' && place.teamId !== null)
      await places.leaveTeam(place.teamId, now);
  }

  async function greet(
    text: (typeof GREETINGS)[keyof typeof GREETINGS],
    { activity, place, target }: Where,
  ): Promise<void> {
    const key = `${target.conversationId}:${activity.id ?? activity.timestamp ?? ''}`;
    if (place && (await places.wasHandled(place.id, key))) return;
    once.run(key, () => courtesies.say(target, text, activity.locale));
    if (place) await places.noteHandled(place.id, key);
  }
}
