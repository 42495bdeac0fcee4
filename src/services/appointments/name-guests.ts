import type { Appointment, Guest } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment, type By } from './change-appointment.js';
import { checkOverride, requirePlanner, requireState, type Override } from './guards.js';
import { guestsLimit } from './guests-limit.js';

/** Bounds the stored document, also where a supervisor sets R-C5 aside, and for conferences. */
const MOST_GUESTS = 30;
const MOST_LETTERS = 200;

export interface NameGuestsInput {
  id: string;
  /** All of them; who was named before keeps the id. */
  guests: readonly Omit<Guest, 'id'>[];
  by: By;
  key?: string | undefined;
  /** Of `guests`, by a supervisor. */
  override?: Override | undefined;
  now: Date;
}

/**
 * R-C5, R-C7: who comes. The agent may still correct the names while they are here.
 * @throws DomainError guests-missing, too-many-guests {most}, invalid-input, not-allowed, reason-missing, appointment-over,
 * step-not-possible
 */
export async function nameGuests(context: ServiceContext, input: NameGuestsInput): Promise<Appointment> {
  const { id, by, key, override, now } = input;
  requirePlanner(by);
  checkOverride(by, override);
  const guests = input.guests.map(cleaned);
  if (guests.length === 0) throw new DomainError('guests-missing');
  const overridden = override?.rules.includes('guests') ? (['guests'] as const) : [];
  return changeAppointment(context, {
    ...{ id, by, key, now },
    decide: (before) => {
      requireState(
        before,
        ...(['awaiting-letter', 'planning', 'scheduled'] as const),
        ...(by.kind === 'staff' ? (['under-way'] as const) : []),
      );
      const limited = before.kind === 'visit' && overridden.length === 0;
      const most = limited ? guestsLimit(guests) : MOST_GUESTS;
      if (guests.length > most) throw new DomainError('too-many-guests', { most });
      const text = overridden.length > 0 ? override?.reason.trim() : undefined;
      return {
        entry: { step: 'guests', text, overridden: [...overridden] },
        set: { guests: withIds(context, before.guests, guests) },
      };
    },
  });
}

function cleaned({ name, position, isHead }: Omit<Guest, 'id'>): Omit<Guest, 'id'> {
  const words = (text: string): string => text.trim().replaceAll(/\s+/gu, ' ');
  const guest = { name: words(name), position: words(position ?? '') || null, isHead };
  if (guest.name === '' || guest.name.length > MOST_LETTERS || (guest.position?.length ?? 0) > MOST_LETTERS) {
    throw new DomainError('invalid-input', { field: 'guests' });
  }
  return guest;
}

function withIds(
  { newId }: ServiceContext,
  before: readonly Guest[],
  guests: readonly Omit<Guest, 'id'>[],
): Guest[] {
  const known = new Map(before.map(({ id, name }) => [name.toLowerCase(), id]));
  return guests.map((guest) => {
    const id = known.get(guest.name.toLowerCase()) ?? newId();
    known.delete(guest.name.toLowerCase());
    return { id, ...guest };
  });
}
