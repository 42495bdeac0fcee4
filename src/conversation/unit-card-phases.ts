import type { CardPlace, Escalation, EscalationCard } from '../models/escalation.js';
import type { Staff } from '../models/staff.js';
import type { Unit } from '../models/unit.js';
import { approvers } from '../services/escalations/approvers.js';
import { escalationCard } from '../services/escalations/escalation-card.js';
import { viewEscalation, type EscalationView } from '../services/escalations/escalation-view.js';
import { viewWhenPassedOn } from '../services/escalations/view-when-passed-on.js';
import { ChannelError } from './channel.js';
import type { Engine } from './engine.js';
import type { AdaptiveCard, UnitBoard } from './unit-board.js';
import { CARD_LANGUAGE } from './unit-desk.js';

interface Showing {
  engine: Engine;
  board: UnitBoard;
  escalation: Escalation;
  unit: Unit | null;
  view: EscalationView;
  card: AdaptiveCard;
  now: Date;
}

/** Brings one place up to date, and says how the cards then stand. @throws ChannelError */
type Phase = (showing: Showing, before: EscalationCard) => Promise<EscalationCard>;

export async function prepareShowing(
  engine: Engine,
  board: UnitBoard,
  escalation: Escalation,
  now: Date,
): Promise<Showing> {
  const { services } = engine;
  const unit = await services.models.units.findById(escalation.unitCode).lean();
  const view = await viewEscalation(services, escalation, { allowed: [], now });
  return { engine, board, escalation, unit, view, card: await faceOf(engine, view), now };
}

function faceOf({ services }: Engine, view: EscalationView): Promise<AdaptiveCard> {
  return escalationCard(services, view, { language: CARD_LANGUAGE, reader: 'channel' });
}

/** A unit that passed it on sees where it went, presses nothing any more, and reads nothing of what follows (R-E3). */
const leaveFormerUnit: Phase = async ({ engine, board, escalation, view }, before) => {
  const { thread, approval } = before;
  const approvedIn = escalation.thread.find(({ n }) => n === approval?.answer)?.unitCode;
  const leavesThread = thread !== null && thread.unitCode !== view.unit.code;
  const leavesHead = approval !== null && approvedIn !== view.unit.code;
  if (leavesThread) await updated(board, thread, await faceFor(thread.unitCode));
  if (leavesHead) await updated(board, approval, await faceFor(approvedIn ?? ''));
  if (!leavesThread && !leavesHead) return before;
  return { ...before, ...(leavesThread ? { thread: null } : {}), ...(leavesHead ? { approval: null } : {}) };

  function faceFor(unitCode: string): Promise<AdaptiveCard> {
    return faceOf(engine, viewWhenPassedOn(view, unitCode));
  }
};

/** An administrator has chosen another channel: the old one keeps a card without buttons. */
const leaveFormerChannel: Phase = async ({ engine, board, unit, view }, before) => {
  if (!before.thread || before.thread.channelId === unit?.teamsChannel?.channelId) return before;
  await updated(board, before.thread, await faceOf(engine, { ...view, open: false }));
  return { ...before, thread: null };
};

/** A crash right after the post repeats it once: the platform takes no id of ours. */
const showThread: Phase = async ({ engine, board, escalation, unit, view, card }, before) => {
  if (before.thread && (await updated(board, before.thread, card))) return before;
  if (!unit?.teamsChannel || !view.open) return before;
  const { channelId } = unit.teamsChannel;
  const posted = await board.post(unit.teamsChannel, card, titleOf(engine, view));
  const { conversationId, activityId, serviceUrl } = posted;
  const thread = { conversationId, activityId, serviceUrl, channelId, unitCode: unit._id };
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

/**
 * An answer is laid before whoever approves, where they talk with the bot, and before the deputy once the head is away;
 * afterwards that card, too, shows what became of it.
 */
const showApprover: Phase = async (showing, before) => {
  const { engine, board, escalation, view, card } = showing;
  const submitted = escalation.state === 'submitted';
  const answer = escalation.thread.findLast(({ step }) => step === 'answer')?.n ?? 0;
  const isNew = submitted && before.approval?.answer !== answer;
  const person = submitted ? await nextApprover(showing, isNew ? null : before.approval) : undefined;
  if (before.approval) {
    const isOver = isNew || person !== undefined;
    await updated(board, before.approval, isOver ? await faceOf(engine, { ...view, open: false }) : card);
  }
  if (!person?.directoryId) return before;
  const posted = await board.sendToPerson(person.directoryId, card, titleOf(engine, view));
  const { conversationId, activityId, serviceUrl } = posted;
  return { ...before, approval: { conversationId, activityId, serviceUrl, staffId: person._id, answer } };
};

/** Undefined while the one who has the card still approves, or nobody who does is known to the platform. */
async function nextApprover(
  { engine, escalation, now }: Showing,
  current: EscalationCard['approval'],
): Promise<Staff | undefined> {
  const people = await approvers(engine.services, escalation.unitCode, now);
  if (people.some(({ _id }) => _id === current?.staffId)) return undefined;
  return people.find(({ directoryId }) => directoryId);
}

export const PHASES: readonly Phase[] = [
  ...[leaveFormerUnit, leaveFormerChannel, showThread, tellThread, showApprover],
];

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
