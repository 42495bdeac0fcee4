import type { CardAction, CardAnswer } from '../../conversation/unit-board.js';
import { forgetOldest } from '../forget-oldest.js';
import type { Activity } from './activity.js';
import { cardActivity, type TeamsBoard } from './board.js';
import type { BotConnector, Target } from './connector.js';
import type { Courtesies } from './courtesies.js';
import { formatText } from './format-text.js';
import { messageAnswer, type InvokeAnswer } from './invoke-answer.js';
import type { Arrival } from './parse.js';
import type { People } from './people.js';
import { ADAPTIVE_CARD, textActivity } from './render.js';
import type { Place, TeamsPorts } from './types.js';

/** Milliseconds that a press may take until its presser is told that work goes on; the platform waits fifteen seconds. */
const PATIENCE = 8_000;

/** Presses whose answers are remembered for a second delivery. */
const MOST_REMEMBERED = 1_000;

export type TakeCardAction = (
  arrival: Extract<Arrival, { kind: 'card-action' }>,
  where: Where,
) => Promise<InvokeAnswer | undefined>;

interface Where {
  activity: Activity;
  place: Place;
  target: Target;
}

interface CardActionParts {
  board: TeamsBoard;
  connector: BotConnector;
  courtesies: Courtesies;
  people: People;
  ports: TeamsPorts;
}

/** Hands presses on cards to whoever listens, once for each activity; a process that dies in between may repeat one. */
export function createTakeCardAction(parts: CardActionParts): TakeCardAction {
  const { board, connector, courtesies, people, ports } = parts;
  const answers = new Map<string, Promise<CardAnswer>>();
  return takeAction;

  async function takeAction(
    { press, data }: Extract<Arrival, { kind: 'card-action' }>,
    { activity, place, target }: Where,
  ): Promise<InvokeAnswer | undefined> {
    const key = `${target.conversationId}:${press.activityId}`;
    const isInvoke = activity.type === 'invoke';
    const cardId = press.cardId ?? '';
    const known = answers.get(key);
    if (!known && (await ports.places.wasHandled(place.id, key)))
      return isInvoke ? messageAnswer(courtesies.sentence('recorded', activity.locale)) : undefined;
    if (known && !isInvoke) return undefined;
    const posted = { ...target, activityId: cardId };
    const answer = known ?? decide({ activityId: key, at: press.at, posted, data }, activity, target, place);
    if (!known) remember(key, answer);
    if (!isInvoke) {
      showAnswer(target, cardId, await answer);
      return undefined;
    }
    const inTime = await Promise.race([answer, patience()]);
    if (inTime) return toInvokeAnswer(inTime);
    // The step goes on; the card then shows what became of it.
    courtesies.run(async () => showAnswer(target, cardId, await answer));
    return messageAnswer(courtesies.sentence('working', activity.locale));
  }

  async function decide(
    action: Omit<CardAction, 'person'>,
    activity: Activity,
    target: Target,
    place: Place,
  ): Promise<CardAnswer> {
    try {
      const person = await people.member(activity, target);
      const asked = person && board.act({ ...action, person });
      if (!asked) return { kind: 'message', text: courtesies.sentence('notNow', activity.locale) };
      const answer = await asked;
      await ports.places.noteHandled(place.id, action.activityId);
      return answer;
    } catch (error) {
      answers.delete(action.activityId);
      throw error;
    }
  }

  function showAnswer(target: Target, cardId: string, answer: CardAnswer): void {
    if (answer.kind === 'card' && cardId !== '') courtesies.show(target, cardId, cardActivity(answer.card));
    else if (answer.kind === 'message')
      courtesies.run((signal) => connector.send(target, textActivity(formatText(answer.text)), signal));
  }

  async function patience(): Promise<undefined> {
    await ports.wait(PATIENCE, new AbortController().signal);
    return undefined;
  }

  function remember(key: string, answer: Promise<CardAnswer>): void {
    // Whoever waits for it sees the failure; this one only keeps it.
    answer.catch(() => undefined);
    answers.set(key, answer);
    forgetOldest(answers, MOST_REMEMBERED);
  }
}

function toInvokeAnswer(answer: CardAnswer): InvokeAnswer {
  if (answer.kind === 'message') return messageAnswer(answer.text);
  return { statusCode: 200, type: ADAPTIVE_CARD, value: answer.card };
}
