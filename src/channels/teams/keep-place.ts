import { forgetOldest } from '../forget-oldest.js';
import type { Activity } from './activity.js';
import { channelIdOf, whereOf, type Arrival } from './parse.js';
import type { Place, TeamsPorts } from './types.js';

/** Places whose last state is remembered, so that not every activity is a write. */
const MOST_REMEMBERED = 10_000;

/**
 * Keeps where an activity came from, so that the office can write there by itself, also after a restart.
 * @returns the place, and whether it had been given up; undefined for groups, where the bot does not work.
 */
export type KeepPlace = (
  activity: Activity,
  arrival: Arrival,
) => Promise<{ place: Place; isBack: boolean } | undefined>;

/** The service URL has been checked before. */
export function createKeepPlace({ places, clock }: Pick<TeamsPorts, 'places' | 'clock'>): KeepPlace {
  const remembered = new Map<string, string>();

  return async (activity, arrival) => {
    const seen = seenPlace(activity, arrival);
    if (!seen) return undefined;
    const key = JSON.stringify(seen);
    const stored = await places.find(seen.id);
    const isBack = stored !== undefined && stored.goneAt !== null;
    if (!stored || isBack || remembered.get(seen.id) !== key) {
      const now = clock.now();
      await places.save(seen, now);
      remembered.set(seen.id, key);
      forgetOldest(remembered, MOST_REMEMBERED);
    }
    return { place: { ...UNKNOWN, ...stored, ...seen }, isBack };
  };
}

const UNKNOWN = {
  ...{ userId: null, aadObjectId: null, name: null, email: null, askedAt: null },
  ...{ teamId: null, teamName: null, channelName: null, goneAt: null },
};

type Seen = Pick<Place, 'id' | 'serviceUrl' | 'tenantId' | 'kind'> & Partial<Place>;

/** Only what the activity says: a name that it leaves out stays as it is. */
function seenPlace(activity: Activity, arrival: Arrival): Seen | undefined {
  const where = whereOf(activity);
  if (where === 'group') return undefined;
  const { serviceUrl } = activity;
  const seen = { serviceUrl, tenantId: tenantOf(activity) ?? '', goneAt: null };
  return where === 'person'
    ? { ...seen, ...seenPerson(activity) }
    : { ...seen, ...seenChannel(activity, arrival) };
}

function seenPerson({ conversation, from, recipient }: Activity): Pick<Seen, 'id' | 'kind'> & Partial<Place> {
  const person = from && from.id !== recipient?.id ? from : undefined;
  return {
    ...{ id: conversation.id, kind: 'person' },
    ...(person ? { userId: person.id } : {}),
    ...(person?.aadObjectId === undefined ? {} : { aadObjectId: person.aadObjectId }),
    ...(person?.name === undefined ? {} : { name: person.name }),
  };
}

function seenChannel(activity: Activity, arrival: Arrival): Pick<Seen, 'id' | 'kind'> & Partial<Place> {
  const { team, channel } = activity.channelData ?? {};
  const isAbout = arrival.kind === 'channel';
  const name = isAbout ? arrival.channelName : channel?.name;
  return {
    ...{ id: isAbout ? arrival.channelId : channelIdOf(activity), kind: 'channel' },
    ...(team ? { teamId: team.id } : {}),
    ...(team?.name === undefined ? {} : { teamName: team.name }),
    ...(name === undefined ? {} : { channelName: name }),
  };
}

/** The tenant that an activity belongs to. */
export function tenantOf({ conversation, channelData }: Activity): string | undefined {
  return conversation.tenantId ?? channelData?.tenant?.id;
}
