import type { Escalation } from '../models/escalation.js';
import { escalationCard, readCardStep } from '../services/escalations/escalation-card.js';
import { readWrittenAnswer } from '../services/escalations/read-written-answer.js';
import type { Actor } from '../services/service-context.js';
import { findColleague } from '../services/staff/find-colleague.js';
import { DomainError } from '../shared/errors.js';
import type { Translate } from '../shared/i18n.js';
import { ChannelError } from './channel.js';
import type { Engine } from './engine.js';
import { stepAndSettle } from './step-escalation.js';
import type {
  BoardPerson,
  CardAction,
  CardAnswer,
  ThreadReply,
  UnitBoard,
  UnitBoardListener,
} from './unit-board.js';

/** Cards stand in a channel for all to read: they speak the language of the office. */
export const CARD_LANGUAGE = 'id';

/**
 * What units do on their cards, as steps of escalations (R-A5): the same services as those of the console decide. Called twice
 * for one action it does it once.
 */
export function createUnitDesk(engine: Engine, board: UnitBoard): UnitBoardListener {
  return {
    act: (action) => act(engine, action),
    reply: (reply) => takeReply(engine, board, reply),
  };
}

async function act(engine: Engine, { activityId, person, data }: CardAction): Promise<CardAnswer> {
  const { services } = engine;
  const t = services.texts.for(CARD_LANGUAGE);
  const actor = await colleague(engine, person);
  if (!actor) return { kind: 'message', text: strangerIs(person, t) };
  try {
    const step = readCardStep(data);
    if (!step) return { kind: 'message', text: t('unit-card:said.unknownCard') };
    const now = engine.clock.now();
    const view = await stepAndSettle(engine, { ...step, actor, key: keyOf(activityId), now });
    const card = await escalationCard(services, view, { language: CARD_LANGUAGE, reader: 'channel' });
    return { kind: 'card', card };
  } catch (error) {
    return { kind: 'message', text: sentenceOf(error, t) };
  }
}

/** What a member writes under a card is an answer, as if it came from the card's form. */
async function takeReply(engine: Engine, board: UnitBoard, reply: ThreadReply): Promise<boolean> {
  const { services } = engine;
  const { posted, person } = reply;
  const escalation = await services.models.escalations
    .findOne({ 'card.thread.conversationId': { $eq: posted.conversationId, $type: 'string' } })
    .lean();
  if (!escalation) return false;
  const t = services.texts.for(CARD_LANGUAGE);
  const actor = await colleague(engine, person);
  const said = actor
    ? await answerInWords(engine, escalation, { ...reply, actor }, t)
    : strangerIs(person, t);
  await say(engine, board, reply, said);
  return true;
}

async function answerInWords(
  engine: Engine,
  { _id: id, version, state, thread }: Escalation,
  { activityId, text, files, missingFiles, actor }: ThreadReply & { actor: Actor },
  t: Translate,
): Promise<string> {
  const answer = readWrittenAnswer(text);
  if (answer.text === '') return t('unit-card:said.howToAnswer');
  const key = keyOf(activityId);
  // Words between member and head: "setuju" is no new answer to the user.
  if (state === 'submitted' && !thread.some((entry) => entry.key === key)) {
    return t('unit-card:said.alreadyAnswered');
  }
  try {
    await stepAndSettle(engine, {
      ...{ id, version, actor, step: 'answer', key, now: engine.clock.now() },
      ...answer,
      fileIds: files.map(({ fileId }) => fileId),
    });
  } catch (error) {
    return sentenceOf(error, t);
  }
  const taken = t('unit-card:said.answerTaken', { name: actor.name });
  const lost = t('unit-card:said.filesMissing', { names: missingFiles.join(', ') });
  return missingFiles.length === 0 ? taken : `${taken} ${lost}`;
}

/** Nothing hangs on it: what was written is stored, and the card shows it. */
async function say(engine: Engine, board: UnitBoard, { posted }: ThreadReply, text: string): Promise<void> {
  try {
    await board.reply(posted, text);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    engine.services.log.warn({ err: error, channel: 'teams' }, 'a reply in a thread was not sent');
  }
}

function colleague({ services }: Engine, { aadObjectId, email }: BoardPerson): Promise<Actor | undefined> {
  return findColleague(services, { directoryId: aadObjectId, email });
}

/** Without an address it may be the directory that has not answered. */
function strangerIs({ email }: BoardPerson, t: Translate): string {
  return t(email === null ? 'unit-card:said.unreadPerson' : 'unit-card:said.unknownPerson');
}

function keyOf(activityId: string): string {
  return `teams:${activityId}`;
}

/** @throws what is no refusal by a rule */
function sentenceOf(error: unknown, t: Translate): string {
  if (!(error instanceof DomainError)) throw error;
  return t(`errors:${error.code}`, { ...error.params });
}
