import type { Escalation, EscalationCard } from '../models/escalation.js';
import { claimCard, keepCard, releaseCard, staleCards } from '../services/escalations/escalation-cards.js';
import { ChannelError } from './channel.js';
import type { Engine } from './engine.js';
import type { UnitBoard } from './unit-board.js';
import { PHASES, prepareShowing } from './unit-card-phases.js';

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
    // Not `now`: a run over many cards takes its time.
    const claimed = await claimCard(engine.services, stale, engine.clock.now());
    if (!claimed) continue;
    if (board) await show(engine, board, claimed, now);
    else await releaseCard(engine.services, claimed, null);
  }
}

/** The one place where units work besides the console; undefined without Teams. */
export function unitBoard({ channels }: Engine): UnitBoard | undefined {
  return [...channels.values()].find(({ board }) => board)?.board;
}

async function show(engine: Engine, board: UnitBoard, escalation: Escalation, now: Date): Promise<void> {
  const { services } = engine;
  let card = escalation.card ?? NEVER_SHOWN;
  let refused: ChannelError | undefined;
  try {
    const showing = await prepareShowing(engine, board, escalation, now);
    for (const phase of PHASES) {
      try {
        const after = await phase(showing, card);
        if (after !== card) await keepCard(services, escalation._id, after);
        card = after;
      } catch (error) {
        // A channel that is shut does not keep the answer from the head.
        if (!(error instanceof ChannelError && error.permanent)) throw error;
        refused ??= error;
      }
    }
    if (refused) throw refused;
    if (card.reason !== null)
      await keepCard(services, escalation._id, { ...card, failures: 0, reason: null });
    await releaseCard(services, escalation, null);
  } catch (error) {
    await noteFailure(engine, escalation, card, error, now);
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
