import type { CardPlace, Escalation, EscalationCard } from '../models/escalation.js';
import { approvers } from '../services/escalations/approvers.js';
import { escalationCard } from '../services/escalations/escalation-card.js';
import { claimCard, keepCard, releaseCard, staleCards } from '../services/escalations/escalation-cards.js';
import { viewEscalation, type EscalationView } from '../services/escalations/escalation-view.js';
import { ChannelError } from './channel.js';
import type { Engine } from './engine.js';
import type { AdaptiveCard, UnitBoard } from './unit-board.js';
import { CARD_LANGUAGE } from './unit-desk.js';

/** How many cards one run brings up to date; the next run takes the rest. */
const BATCH = 50;

/** Waits after failures in a row, in seconds. */
const BACKOFF_SECONDS = [10, 30, 120, 600, 1_800, 3_600] as const;

const NEVER_SHOWN: EscalationCard = {
  ...{ thread: null, approval: null, toldVersion: 0, toldReminders: 0, failures: 0, reason: null },
};

/**
 * Brings the cards of escalations up to date: posts what a unit has not seen, changes the card in place, tells the thread of what
 * waits for somebody, and lays an answer before the Kepala Subdit. Without a board the console alone shows them.
 */
export async function showUnitCards(engine: Engine, now: Date): Promise<void> {
  const board = unitBoard(engine);
  for (const stale of await staleCards(engine.services, now, BATCH)) {
    const claimed = await claimCard(engine.services, stale, now);
    if (!claimed) continue;
    if (board) await show(engine, board, claimed, now);
    else await releaseCard(engine.services, claimed, null);
  }
}

/** The one place where units work besides the console; undefined without Teams. */
export function unitBoard({ channels }: Engine): UnitBoard | undefined {
  return [...channels.values()].find(({ board }) => board)?.board;
}

interface Showing {
  engine: Engine;
  board: UnitBoard;
  escalation: Escalation;
  view: EscalationView;
  card: AdaptiveCard;
  now: Date;
}

type Phase = (showing: Showing, before: EscalationCard) => Promise<EscalationCard>;

async function show(engine: Engine, board: UnitBoard, escalation: Escalation, now: Date): Promise<void> {
  const { services } = engine;
  let card = escalation.card ?? NEVER_SHOWN;
  try {
    const view = await viewEscalation(services, escalation, { allowed: [], now });
    const face = await escalationCard(services, view, { language: CARD_LANGUAGE, reader: 'channel' });
    const showing = { engine, board, escalation, view, card: face, now };
    for (const phase of [leaveFormerUnit, showThread, tellThread, showApprover]) {
      const after = await phase(showing, card);
      if (after !== card) await keepCard(services, escalation._id, after);
      card = after;
    }
    if (card.reason !== null)
      await keepCard(services, escalation._id, { ...card, failures: 0, reason: null });
    await releaseCard(services, escalation, null);
  } catch (error) {
    await noteFailure(engine, escalation, card, error, now);
  }
}

/** Passed on: whoever had it sees where it went, and presses nothing any more. */
const leaveFormerUnit: Phase = async ({ engine, board, view }, before) => {
  if (!before.thread || before.thread.unitCode === view.unit.code) return before;
  const gone = { ...view, open: false };
  const card = await escalationCard(engine.services, gone, { language: CARD_LANGUAGE, reader: 'channel' });
  await updated(board, before.thread, card);
  return { ...before, thread: null };
};

/** A crash right after the post repeats it once: the platform takes no id of ours. */
const showThread: Phase = async ({ engine, board, escalation, view, card }, before) => {
  if (before.thread && (await updated(board, before.thread, card))) return before;
  const unit = await engine.services.models.units.findById(escalation.unitCode).lean();
  if (!unit?.teamsChannel || !view.open) return before;
  const posted = await board.post(unit.teamsChannel, card, titleOf(engine, view));
  const { conversationId, activityId, serviceUrl } = posted;
  const thread = { conversationId, activityId, serviceUrl, unitCode: unit._id };
  return { ...before, thread, toldVersion: escalation.version, toldReminders: escalation.reminders };
};

/** Steps after which somebody of the unit has to act; their own presses need no telling. */
const TOLD: ReadonlySet<string> = new Set(['answer', 'return', 'user-answer', 'approve', 'withdraw']);

const tellThread: Phase = async ({ engine, board, escalation }, before) => {
  const { thread, toldVersion, toldReminders } = before;
  if (!thread) return before;
  const t = engine.services.texts.for(CARD_LANGUAGE);
  const lines = escalation.thread
    .filter(({ n, step }) => n > toldVersion && TOLD.has(step))
    .map(({ step, byName }) => t(`unit-card:told.${step}`, { name: byName }));
  if (escalation.reminders > toldReminders) lines.push(t('unit-card:told.reminder'));
  const told = { ...before, toldVersion: escalation.version, toldReminders: escalation.reminders };
  if (lines.length > 0) await board.reply(thread, lines.join('\n'));
  return toldVersion === told.toldVersion && toldReminders === told.toldReminders ? before : told;
};

/** An answer is laid before whoever approves, where they talk with the bot; afterwards that card, too, shows what became of it. */
const showApprover: Phase = async ({ engine, board, escalation, view, card, now }, before) => {
  const answer = escalation.thread.findLast(({ step }) => step === 'answer')?.n;
  const isNew =
    escalation.state === 'submitted' && answer !== undefined && before.approval?.answer !== answer;
  if (before.approval) {
    const current = isNew ? { ...view, open: false } : view;
    const face = isNew
      ? await escalationCard(engine.services, current, { language: CARD_LANGUAGE, reader: 'channel' })
      : card;
    await updated(board, before.approval, face);
  }
  if (!isNew) return before;
  const people = await approvers(engine.services, escalation.unitCode, now);
  const person = people.find(({ directoryId }) => directoryId);
  if (!person?.directoryId) return before;
  const { conversationId, activityId, serviceUrl } = await board.sendToPerson(
    person.directoryId,
    card,
    titleOf(engine, view),
  );
  return { ...before, approval: { conversationId, activityId, serviceUrl, staffId: person._id, answer } };
};

function titleOf({ services }: Engine, { ticketNumber }: EscalationView): string {
  return services.texts.for(CARD_LANGUAGE)('unit-card:title', { number: ticketNumber });
}

/** @returns false when the platform has the card no more, or takes no change of it */
async function updated(board: UnitBoard, place: CardPlace, card: AdaptiveCard): Promise<boolean> {
  try {
    await board.update(place, card);
    return true;
  } catch (error) {
    if (error instanceof ChannelError && error.permanent) return false;
    throw error;
  }
}

async function noteFailure(
  engine: Engine,
  escalation: Escalation,
  card: EscalationCard,
  error: unknown,
  now: Date,
): Promise<void> {
  const { services } = engine;
  const known = error instanceof ChannelError ? error : undefined;
  const { _id: id, ticketNumber: ticket } = escalation;
  services.log.warn({ err: error, channel: 'teams', ticket }, 'the card of an escalation was not shown');
  const failures = card.failures + 1;
  await keepCard(services, id, { ...card, failures, reason: known?.reason ?? 'channel-error' });
  const seconds = BACKOFF_SECONDS[Math.min(failures, BACKOFF_SECONDS.length) - 1] ?? 0;
  const wait = Math.max(seconds * 1_000, known?.retryAfter ?? 0);
  await releaseCard(services, escalation, known?.permanent ? null : new Date(now.getTime() + wait));
  services.changes.publish({ topic: 'escalation', id });
}
