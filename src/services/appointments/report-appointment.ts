import type { Appointment, AppointmentState } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { standingAt, unitOf } from './allowed-steps.js';
import { changeAppointment } from './change-appointment.js';

interface ReportInput {
  id: string;
  /** What was asked and answered, as the BAK shall state it. */
  answer: string;
  /** Regulations the answer rests on, one per entry. */
  legalBasis: readonly string[];
  /** R-B6; null where there is none. */
  recordingUrl: string | null;
  actor: Actor;
  now: Date;
}

const ENDED: ReadonlySet<AppointmentState> = new Set(['done', 'cancelled', 'no-show', 'declined']);

/**
 * R-B6, R-C8: the consultant's (or an agent's) report of what took place, or of a visit whose guests are still here: its BAK is
 * printed for them. What follows resolves the ticket with its writer as officer, so that the BAK is made, mailed and told.
 * @throws DomainError not-found, not-allowed, answer-missing, appointment-over, step-not-possible, invalid-input (recordingUrl),
 * question-missing (params: field) while nobody knows who asked
 */
export async function reportAppointment(context: ServiceContext, input: ReportInput): Promise<Appointment> {
  const { id, actor, now } = input;
  const answer = input.answer.trim();
  if (answer === '') throw new DomainError('answer-missing');
  const report = {
    ...{ answer, legalBasis: input.legalBasis.map((item) => item.trim()).filter(Boolean) },
    ...{ recordingUrl: readUrl(input.recordingUrl), byId: actor.staffId, at: now },
  };
  const unitCode = await unitOf(context, actor);
  return changeAppointment(context, {
    ...{ id, by: { kind: 'staff', actor }, now },
    decide: async (before) => {
      if (standingAt(before, actor, unitCode) === 'none') throw new DomainError('not-allowed');
      if (ENDED.has(before.state)) throw new DomainError('appointment-over');
      if (before.state !== 'over' && before.state !== 'under-way') throw new DomainError('step-not-possible');
      const ticket = await context.models.tickets.findById(before.ticketId, { profile: 1 }).lean();
      if (!ticket?.profile.name?.trim()) throw new DomainError('question-missing', { field: 'profile.name' });
      return { entry: { step: 'report' }, set: { state: 'done', report } };
    },
  });
}

function readUrl(written: string | null): string | null {
  const text = written?.trim() ?? '';
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new DomainError('invalid-input', { field: 'recordingUrl' });
  }
  return url.href;
}
