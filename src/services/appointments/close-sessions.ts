import type { ClosedSession } from '../../models/closed-session.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { requireReason } from './guards.js';
import { startOf } from './session-times.js';

export interface CloseSessionsInput {
  /** yyyy-MM-dd */
  date: string;
  /** Null closes every room. */
  room: string | null;
  /** "HH:mm"; the whole day unless given. */
  from?: string | undefined;
  to?: string | undefined;
  reason: string;
  actor: Actor;
  now: Date;
}

/**
 * Takes no bookings on a day or part of it (R-C3); `displaceClosed` then gives those booked there other times.
 * @throws DomainError not-allowed, reason-missing; invalid-input (params: field) for a past date, an unknown room, no time
 */
export async function closeSessions(
  context: ServiceContext,
  { date, room, from = '00:00', to = '24:00', reason, actor, now }: CloseSessionsInput,
): Promise<ClosedSession> {
  requireRole(actor, 'agent', 'supervisor');
  const { models, newId, reference, changes } = context;
  const { calendar, rooms } = reference;
  if (calendar.day(date).date < calendar.dateOf(now))
    throw new DomainError('invalid-input', { field: 'date' });
  if (room !== null && !rooms.some(({ code }) => code === room)) {
    throw new DomainError('invalid-input', { field: 'room' });
  }
  const [startsAt, endsAt] = [startOf(calendar, date, from), startOf(calendar, date, to)];
  if (!(endsAt > startsAt)) throw new DomainError('invalid-input', { field: 'to' });
  const closed: ClosedSession = {
    ...{ _id: newId(), date, room, startsAt, endsAt, reason: requireReason(reason) },
    ...{ byName: actor.name, createdAt: now },
  };
  await models.closedSessions.create(closed);
  const details = { room, from, to, reason: closed.reason };
  await recordAudit(context, { actor, action: 'closed-session.close', subject: date, details, now });
  changes.publish({ topic: 'settings', id: `closed-session:${closed._id}` });
  return closed;
}
