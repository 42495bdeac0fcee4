import type { Escalation } from '../../models/escalation.js';
import { isOpen, nextOpening } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import { recordTicketFact } from '../tickets/record-ticket-fact.js';
import { nextUnitNotice } from './notice-time.js';

/** How many reminders one run sends; the next run takes the rest. */
const BATCH = 200;

/**
 * Reminds a unit that does not react, then tells the supervisor, who may pass it on; never outside hours. Once for each step
 * that nothing followed.
 */
export async function watchUnits(context: ServiceContext, now: Date): Promise<void> {
  const due = await context.models.escalations
    .find({ nextNoticeAt: { $type: 'date', $lte: now } })
    .sort({ nextNoticeAt: 1 })
    .limit(BATCH)
    .lean();
  for (const escalation of due) await notice(context, escalation, now);
}

/** When the next reminder is due. */
export async function nextUnitWatch({ models }: ServiceContext): Promise<Date | undefined> {
  const next = await models.escalations
    .findOne({ nextNoticeAt: { $type: 'date' } }, { nextNoticeAt: 1 })
    .sort({ nextNoticeAt: 1 })
    .lean();
  return next?.nextNoticeAt ?? undefined;
}

async function notice(context: ServiceContext, escalation: Escalation, now: Date): Promise<void> {
  const { models, reference, changes } = context;
  const { _id, version, nextNoticeAt, reminders, ticketId, unitCode, state } = escalation;
  const current = { _id, version, nextNoticeAt };
  if (!isOpen(reference.calendar, now)) {
    // The job runs late: at night nobody is reminded.
    const opening = nextOpening(reference.calendar, now);
    await models.escalations.updateOne(current, { $set: { nextNoticeAt: opening } });
    return;
  }
  const ticket = await models.tickets.findById(ticketId).lean();
  if (ticket) {
    const name = reminders === 0 ? 'unit-reminded' : 'unit-silent';
    const facts = { unit: unitCode, state };
    await recordTicketFact(context, ticket, { name, of: `${_id}:${version}`, at: now, facts });
  }
  const next = reminders === 0 ? nextUnitNotice(reference.calendar, now) : null;
  const { modifiedCount } = await models.escalations.updateOne(current, {
    $set: { reminders: reminders + 1, nextNoticeAt: next, nextCardAt: now },
  });
  if (modifiedCount > 0) changes.publish({ topic: 'escalation', id: _id });
}
