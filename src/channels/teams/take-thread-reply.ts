import type { AccessToken } from './access-token.js';
import type { Activity } from './activity.js';
import type { TeamsBoard } from './board.js';
import type { Target } from './connector.js';
import type { Courtesies } from './courtesies.js';
import { FILES_DEADLINE, fetchFile } from './fetch-file.js';
import type { Arrival } from './parse.js';
import type { People } from './people.js';
import type { FileReference, Place, TeamsPorts } from './types.js';

interface ReplyParts {
  board: TeamsBoard;
  courtesies: Courtesies;
  people: People;
  token: AccessToken;
  ports: TeamsPorts;
}

interface Where {
  activity: Activity;
  place: Place;
  target: Target;
}

type Thread = Extract<Arrival, { kind: 'thread' }>;

export type TakeThreadReply = (arrival: Thread, where: Where) => Promise<void>;

/** Hands what is written in threads to whoever listens, once for each activity; a process that dies in between may repeat one. */
export function createTakeThreadReply(parts: ReplyParts): TakeThreadReply {
  const { board, courtesies, people, ports } = parts;

  return async ({ activityId, at, text, files, missing }, { activity, place, target }) => {
    const key = `${target.conversationId}:${activityId}`;
    if (await ports.places.wasHandled(place.id, key)) return;
    const person = await people.member(activity, target);
    // Without a person it is nobody's word: a connector or another bot.
    if (!person) return;
    const { taken, refused } = await fetchAll(files, place.id, parts);
    const root = /;messageid=(.+)$/.exec(target.conversationId)?.[1] ?? activity.replyToId ?? activityId;
    const isOurs = await board.reply({
      ...{ activityId: key, at, posted: { ...target, activityId: root }, person, text },
      ...{ files: taken, missingFiles: [...missing, ...refused] },
    });
    // With the permission to read a channel the bot hears what people say among themselves.
    if (!isOurs && isCalled(activity)) courtesies.say(target, 'onlyCards', activity.locale);
    await ports.places.noteHandled(place.id, key);
  };
}

function isCalled({ entities, recipient }: Activity): boolean {
  return entities.some(({ mentioned }) => mentioned.id === recipient?.id);
}

/** @throws Error when the office cannot store one */
async function fetchAll(
  files: Thread['files'],
  address: string,
  { token, ports }: Pick<ReplyParts, 'token' | 'ports'>,
): Promise<{ taken: FileReference[]; refused: string[] }> {
  const signal = ports.deadline(FILES_DEADLINE);
  const taken: FileReference[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const fetched = await fetchFile(file, address, { token, ports, signal });
    if (fetched.kind === 'refused-file') refused.push(fetched.name);
    else {
      const { fileId, name, mimeType, size } = fetched;
      taken.push({ fileId, name, mimeType, size });
    }
  }
  return { taken, refused };
}
