import type { Inbox } from '../../conversation/channel.js';
import type { Pulse } from '../pulse.js';
import type { Activity } from './activity.js';
import type { Target } from './connector.js';
import type { Courtesies } from './courtesies.js';
import { formatText } from './format-text.js';
import { messageAnswer, type InvokeAnswer } from './invoke-answer.js';
import type { Once } from './once.js';
import type { Arrival } from './parse.js';
import type { People } from './people.js';
import { textActivity } from './render.js';
import type { Place, TeamsPorts } from './types.js';

interface ChoiceParts {
  courtesies: Courtesies;
  people: People;
  ports: Pick<TeamsPorts, 'isOffered'>;
  pulse: Pulse;
  wordsOf: (activityId: string) => string | undefined;
  once: Once;
}

interface Where {
  activity: Activity;
  place: Place;
  target: Target;
  inbox: Inbox;
}

export type TakeChoice = (
  arrival: Extract<Arrival, { kind: 'choice' }>,
  where: Where,
) => Promise<InvokeAnswer | undefined>;

/** Only what is offered now counts: a button of an earlier question would answer the one that is open. */
export function createTakeChoice({
  courtesies,
  people,
  ports,
  pulse,
  wordsOf,
  once,
}: ChoiceParts): TakeChoice {
  return async ({ head, cardId, choice, title }, { activity, place, target, inbox }) => {
    const key = `${head.address}:${activity.id}`;
    const counted = await pulse.storing(async () => {
      if (!(await ports.isOffered(head.address, choice))) return false;
      const known = await people.known(place, target);
      const content = { kind: 'choice' as const, choice, text: title };
      return !(await inbox.receive({ ...head, ...(known ? { known } : {}), content })).duplicate;
    });
    // Delivered again it has been answered before.
    if (!counted && once.has(key)) return messageAnswer('OK');
    once.run(key, () => undefined);
    if (!counted) return courtesies.answer('buttonGone', activity, target);
    const words = cardId === undefined ? undefined : wordsOf(cardId);
    if (cardId !== undefined && words !== undefined)
      courtesies.show(target, cardId, textActivity(`${words}<br/><br/><b>✓ ${formatText(title)}</b>`));
    return messageAnswer('OK');
  };
}
