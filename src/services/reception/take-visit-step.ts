import type { Appointment, Session } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import { changeAppointment, ClaimTaken } from '../appointments/change-appointment.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { decideVisitStep, type OrderNumber, type VisitStepInput } from './decide-visit-step.js';
import { cardClaims, readGuestCards } from './guest-cards.js';
import { storeSignature } from './store-signature.js';
import { visitStandings } from './visit-standing.js';
import { mayEver, mayFrom, phaseOf, type VisitStep } from './visit-steps.js';

/** A step as the reception asks for it. */
export type VisitStepRequest =
  | {
      step: 'arrive';
      /** One for each guest whose identity card was taken. The identity card itself is seen and never kept. */
      guestCards: readonly string[];
      /** Left out: the agreed one. */
      room?: string | undefined;
    }
  | { step: 'call' | 'meet' | 'hand-over' | 'leave' }
  | {
      step: 'attendance';
      guestId: string;
      signature: 'screen' | 'paper' | 'absent';
      /** The signature on the screen, PNG in base64. */
      image?: string | undefined;
    }
  | { step: 'check-travel-orders' | 'sign-travel-orders'; orders: readonly OrderNumber[] };

export interface TakeVisitStepInput {
  id: string;
  request: VisitStepRequest;
  actor: Actor;
  /** The same step under the same key is one step. */
  key?: string | undefined;
  now: Date;
}

/**
 * Takes a visit one step further (R-C8), decided by one conditional write. A guest card is out once at a time.
 * @throws DomainError not-found, not-allowed, guest-card-out, session-taken, file-too-large, file-type-refused, and what
 * `decideVisitStep` throws
 */
export async function takeVisitStep(
  context: ServiceContext,
  { id, request, actor, key, now }: TakeVisitStepInput,
): Promise<Appointment> {
  const found = await context.models.appointments.findById(id).lean();
  if (found?.kind !== 'visit') throw new DomainError('not-found');
  const standings = await visitStandings(context, actor, found);
  if (!mayEver(request.step, standings)) throw new DomainError('not-allowed');
  const pressed = key === undefined ? undefined : `reception:${actor.staffId}:${key}`;
  if (pressed !== undefined && found.thread.some((entry) => entry.key === pressed)) return found;
  readyFor(found, request.step);
  const input = await prepare(context, found, request, now);
  try {
    return await changeAppointment(context, {
      ...{ id, now, by: { kind: 'staff', actor }, key: pressed },
      decide: (before) => {
        const agreed = readyFor(before, input.step);
        const date = context.reference.calendar.dateOf(agreed.startsAt);
        return decideVisitStep({ ...before, agreed }, input, { date, now, staffId: actor.staffId });
      },
    });
  } catch (error) {
    if (!(error instanceof ClaimTaken) || input.step !== 'arrive') throw error;
    throw await whyNotIn(context, found, input.guestCard, error);
  }
}

function readyFor(appointment: Appointment, step: VisitStep): Session {
  const { agreed } = appointment;
  if (!agreed || !mayFrom(step, phaseOf(appointment))) throw new DomainError('step-not-possible');
  return agreed;
}

async function prepare(
  context: ServiceContext,
  { agreed }: Appointment,
  request: VisitStepRequest,
  now: Date,
): Promise<VisitStepInput> {
  if (request.step === 'arrive') {
    const { step, guestCards } = request;
    const room = request.room ?? agreed?.room ?? '';
    const suits = context.reference.rooms.some(
      ({ code, active, kinds }) => code === room && active && kinds.includes('visit'),
    );
    if (!suits && room !== agreed?.room) throw new DomainError('invalid-input', { field: 'room' });
    return { step, room, guestCard: readGuestCards(guestCards) };
  }
  if (request.step !== 'attendance') return request;
  const { step, guestId, signature, image } = request;
  if (signature !== 'screen') return { step, guestId, signature };
  if (image === undefined) throw new DomainError('invalid-input', { field: 'image' });
  return { step, guestId, signature, signatureFileId: await storeSignature(context, image, now) };
}

/** The unique index says only that something is somebody else's. */
async function whyNotIn(
  { models, reference }: ServiceContext,
  { _id, agreed }: Appointment,
  guestCard: string,
  cause: ClaimTaken,
): Promise<DomainError> {
  const date = agreed ? reference.calendar.dateOf(agreed.startsAt) : '';
  const claims = { $in: cardClaims(guestCard, date) };
  const out = await models.appointments.exists({ claims, _id: { $ne: _id } });
  return new DomainError(out ? 'guest-card-out' : 'session-taken', {}, { cause });
}
