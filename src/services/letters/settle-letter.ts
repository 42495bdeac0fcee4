import type { OfficialLetter } from '../../models/official-letter.js';
import type { Staff } from '../../models/staff.js';
import { recordAudit } from '../audit/record-audit.js';
import type { ServiceContext } from '../service-context.js';
import { recordTicketFact } from '../tickets/record-ticket-fact.js';
import { letterPaper } from './letter-paper.js';

/** Tells the unit's people that a letter to them was signed; once for each letter. */
export type TellUnit = (letter: OfficialLetter, members: readonly Staff[]) => Promise<void>;

/** A unit, not a ministry. */
const MOST_MEMBERS = 200;

/**
 * Draws the consequences of every step of a letter that has none yet: audit lines; of the signature number, papers and word to
 * the unit (R-B4). Run twice, late or by two processes at once it changes nothing more.
 */
export async function settleLetterSteps(
  context: ServiceContext,
  id: string,
  tell: TellUnit,
  now: Date,
): Promise<void> {
  const { models } = context;
  const letter = await models.officialLetters.findById(id).lean();
  if (!letter) return;
  for (const entry of letter.thread) {
    if (entry.n > letter.settledVersion) await record(context, letter, entry);
  }
  if (letter.state === 'signed') await issue(context, letter, tell, now);
  const { version } = letter;
  await models.officialLetters.updateOne(
    { _id: id, settledVersion: { $lt: version } },
    { $set: { settledVersion: version } },
  );
  await models.officialLetters.updateOne({ _id: id, version }, { $set: { unsettled: false } });
}

async function record(
  context: ServiceContext,
  { _id: id, ticketNumber, kind }: OfficialLetter,
  { n, step, at, byId, byName, post }: OfficialLetter['thread'][number],
): Promise<void> {
  const action = `letter.${step}`;
  await recordAudit(context, {
    ...{ actor: byId === null ? null : { staffId: byId, name: byName }, action, subject: ticketNumber },
    ...{ key: `${action}:${id}:${n}`, details: { kind, post, version: n }, now: at },
  });
}

async function issue(
  context: ServiceContext,
  letter: OfficialLetter,
  tell: TellUnit,
  now: Date,
): Promise<void> {
  const { models } = context;
  const issued = await letterPaper(context, letter, now);
  const appointment = await models.appointments.findById(letter.appointmentId, { ticketId: 1 }).lean();
  const ticket = appointment && (await models.tickets.findById(appointment.ticketId).lean());
  if (ticket) {
    const facts = { kind: letter.kind, number: issued.number ?? '' };
    const sign = letter.thread.findLast(({ step }) => step === 'sign');
    const actor = sign?.byId ? { staffId: sign.byId, name: sign.byName } : undefined;
    await recordTicketFact(context, ticket, {
      ...{ name: 'letter-signed', of: letter._id, at: sign?.at ?? now, actor, facts },
    });
  }
  if (issued.unitCode === null) return;
  const members = await models.staff
    .find({ unitCode: issued.unitCode, roles: { $in: ['unit-member', 'head-of-unit'] }, active: true })
    .limit(MOST_MEMBERS)
    .lean();
  await tell(issued, members);
}
