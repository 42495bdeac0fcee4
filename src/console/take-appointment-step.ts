import type { z } from 'zod';
import type { Appointment } from '../models/appointment.js';
import { addLetter } from '../services/appointments/add-letter.js';
import { assignConsultant } from '../services/appointments/assign-consultant.js';
import { bookSession } from '../services/appointments/book-session.js';
import { cancelAppointment } from '../services/appointments/cancel-appointment.js';
import { declineAppointment } from '../services/appointments/decline-appointment.js';
import { nameGuests } from '../services/appointments/name-guests.js';
import { noteTrial } from '../services/appointments/note-trial.js';
import { proposeSessions } from '../services/appointments/propose-sessions.js';
import { reportAppointment } from '../services/appointments/report-appointment.js';
import { setMeeting } from '../services/appointments/set-meeting.js';
import { solveHindrance } from '../services/appointments/solve-hindrance.js';
import { escalationFiles } from '../services/escalations/escalation-files.js';
import type { Actor, ServiceContext } from '../services/service-context.js';
import { DomainError } from '../shared/errors.js';
import type { stepRequest } from './schemas/appointments.js';

type StepRequest = z.output<typeof stepRequest>;

interface Input {
  id: string;
  request: StepRequest;
  actor: Actor;
  now: Date;
}

/** The service behind each step that the page may ask for. @throws DomainError as they do */
export function takeAppointmentStep(
  services: ServiceContext,
  { id, request, actor, now }: Input,
): Promise<Appointment> {
  const common = { id, actor, now };
  const by = { kind: 'staff', actor } as const;
  switch (request.step) {
    case 'book': {
      const { startsAt, room, version, override } = request;
      return bookSession(services, { ...common, room, version, override, startsAt: new Date(startsAt) });
    }
    case 'letter':
      return takeLetter(services, { id, actor, now }, request);
    case 'propose':
      return proposeSessions(services, {
        ...common,
        startsAts: request.startsAts.map((startsAt) => new Date(startsAt)),
      });
    case 'guests': {
      const { guests, override } = request;
      return nameGuests(services, { id, by, now, guests, override });
    }
    case 'assign': {
      const { unitCode, consultantId } = request;
      return assignConsultant(services, { ...common, unitCode, consultantId });
    }
    case 'meeting':
      return setMeeting(services, { ...common, url: request.url });
    case 'trial': {
      const { at, result, hindrance } = request;
      return noteTrial(services, {
        ...{ ...common, result, hindrance, at: at === undefined ? undefined : new Date(at) },
      });
    }
    case 'solve':
      return solveHindrance(services, { ...common, remark: request.remark });
    case 'cancel':
      return cancelAppointment(services, { id, by, now, reason: request.reason });
    case 'decline':
      return declineAppointment(services, { ...common, reason: request.reason });
    case 'report': {
      const { answer, legalBasis, recordingUrl } = request;
      return reportAppointment(services, { ...common, answer, legalBasis, recordingUrl });
    }
  }
}

/**
 * R-A8: a file of a complaint is nobody’s letter.
 * @throws DomainError not-found, and as `addLetter`; invalid-input for a time to come, or no real date
 */
async function takeLetter(
  services: ServiceContext,
  { id, actor, now }: Omit<Input, 'request'>,
  { step: _, fileId, override, ...facts }: Extract<StepRequest, { step: 'letter' }>,
): Promise<Appointment> {
  const [file] = await escalationFiles(services, [fileId]);
  if (!file) throw new DomainError('not-found');
  const receivedAt = new Date(facts.receivedAt);
  services.reference.calendar.day(facts.date);
  if (receivedAt > now) throw new DomainError('invalid-input', { field: 'receivedAt' });
  const key = `letter:${fileId}:${actor.staffId}`;
  const by = { kind: 'staff', actor } as const;
  return addLetter(services, { id, by, key, override, now, letter: { ...facts, file, receivedAt } });
}
