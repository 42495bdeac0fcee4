import type { Appointment, Session, TravelOrder, VisitRecord } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { Change } from '../appointments/change-appointment.js';
import { cardClaims, claimsWithoutCards } from './guest-cards.js';
import { admission } from './visit-clocks.js';
import type { VisitStep } from './visit-steps.js';

/** One step with what it needs. */
export type VisitStepInput =
  | {
      step: 'arrive';
      /** As `readGuestCards` keeps them. */
      guestCard: string;
      /** Code of a room that visits may use. */
      room: string;
    }
  | { step: 'call' | 'meet' | 'hand-over' | 'leave' }
  | { step: 'attendance'; guestId: string; signature: 'absent' | 'paper' }
  | { step: 'attendance'; guestId: string; signature: 'screen'; signatureFileId: string }
  /** All that are checked and not signed yet; what was there before goes. */
  | { step: 'check-travel-orders'; orders: readonly OrderNumber[] }
  /** As they lie before the supervisor. */
  | { step: 'sign-travel-orders'; orders: readonly OrderNumber[] };

export interface OrderNumber {
  guestId: string;
  number: string;
}

/** A visit that has a time. */
type Agreed = Appointment & { agreed: Session };
/** One whose guests are here. */
type Inside = Agreed & { visit: VisitRecord };

interface When {
  /** yyyy-MM-dd of the session. */
  date: string;
  staffId: string;
  now: Date;
}

/**
 * What a step makes of a visit that is far enough for it; null: it was done before.
 * @throws DomainError visit-outside-time, invalid-input, travel-order-without-guest, travel-order-unsigned, report-missing,
 * step-not-possible, appointment-changed
 */
export function decideVisitStep(before: Agreed, input: VisitStepInput, when: When): Change | null {
  if (input.step === 'arrive') return arrive(before, input, when);
  const { visit } = before;
  if (!visit) throw new DomainError('step-not-possible');
  const inside: Inside = { ...before, visit };
  const { now } = when;
  switch (input.step) {
    case 'call':
      return change(inside, 'call', { calledAt: visit.calledAt ?? now });
    case 'meet':
      return change(inside, 'meet', { metAt: now });
    case 'attendance':
      return attend(inside, input, now);
    case 'check-travel-orders':
      return checkOrders(inside, input.orders, when);
    case 'sign-travel-orders':
      return signOrders(inside, input.orders, when);
    case 'hand-over':
      return handOver(inside, now);
    case 'leave':
      return leave(inside, now);
  }
}

function arrive(
  before: Agreed,
  { guestCard, room }: Extract<VisitStepInput, { step: 'arrive' }>,
  { date, now }: When,
): Change | null {
  const { agreed, visit } = before;
  const { from, until } = admission(agreed);
  if (!visit && (now < from || now >= until)) throw new DomainError('visit-outside-time');
  if (visit?.guestCard === guestCard && visit.room === room) return null;
  const first: VisitRecord = {
    ...{ arrivedAt: now, guestCard, room, calledAt: null, metAt: null },
    ...{ attendance: [], travelOrders: [], handedOverAt: null, leftAt: null },
  };
  return {
    entry: { step: 'arrive' },
    set: {
      visit: visit ? { ...visit, guestCard, room } : first,
      ...(visit ? {} : { state: 'under-way' as const }),
      ...(agreed.room === room ? {} : { agreed: { ...agreed, room } }),
    },
    claims: [...inRoom(before, agreed.room, room), ...cardClaims(guestCard, date)],
  };
}

/** R-C3: a room is one visit's; moving to another one takes that in the place of the first. */
function inRoom(before: Agreed, from: string, to: string): string[] {
  const own = `room:${from}:`;
  return claimsWithoutCards(before).map((claim) =>
    claim.startsWith(own) ? `room:${to}:${claim.slice(own.length)}` : claim,
  );
}

function attend(
  before: Inside,
  input: Extract<VisitStepInput, { step: 'attendance' }>,
  at: Date,
): Change | null {
  const { guestId, signature } = input;
  const { attendance, travelOrders } = before.visit;
  if (!before.guests.some(({ id }) => id === guestId)) {
    throw new DomainError('invalid-input', { field: 'guestId' });
  }
  const others = attendance.filter((one) => one.guestId !== guestId);
  if (signature === 'absent') {
    if (others.length === attendance.length) return null;
    if (travelOrders.some((order) => order.guestId === guestId)) throw new DomainError('step-not-possible');
    return change(before, 'attendance', { attendance: others });
  }
  const signatureFileId = signature === 'screen' ? input.signatureFileId : null;
  const present = { guestId, signature, signatureFileId, at };
  return change(before, 'attendance', { attendance: [...others, present] });
}

/** R-C5: as many SPPD as there are guests, so one for each who is here. */
function checkOrders(before: Inside, orders: readonly OrderNumber[], { staffId }: When): Change | null {
  const signed = before.visit.travelOrders.filter(({ signedAt }) => signedAt !== null);
  const checked: TravelOrder[] = orders.map(({ guestId, number }) => ({
    ...{ guestId, number: number.trim(), checkedById: staffId, signedById: null, signedAt: null },
  }));
  const travelOrders = [...signed, ...checked];
  const present = new Set(before.visit.attendance.map(({ guestId }) => guestId));
  const guests = new Set(travelOrders.map(({ guestId }) => guestId));
  const numbers = new Set(travelOrders.map(({ number }) => number.toLowerCase()));
  const oneEach = guests.size === travelOrders.length && numbers.size === travelOrders.length;
  if (!oneEach || [...guests].some((guestId) => !present.has(guestId))) {
    throw new DomainError('travel-order-without-guest');
  }
  return change(before, 'check-travel-orders', { travelOrders });
}

/** R-C8: the supervisor signs what the reception has checked, and nothing that was changed meanwhile. */
function signOrders(before: Inside, orders: readonly OrderNumber[], { staffId, now }: When): Change {
  const { travelOrders } = before.visit;
  const isOpen = (order: TravelOrder): boolean => order.signedAt === null;
  const open = travelOrders.filter(isOpen);
  if (open.length === 0) throw new DomainError('step-not-possible');
  const shown = new Map(orders.map(({ guestId, number }) => [guestId, number.trim()]));
  if (shown.size !== open.length || open.some(({ guestId, number }) => shown.get(guestId) !== number)) {
    throw new DomainError('appointment-changed');
  }
  return change(before, 'sign-travel-orders', {
    travelOrders: travelOrders.map((order) =>
      isOpen(order) ? { ...order, signedById: staffId, signedAt: now } : order,
    ),
  });
}

/** R-C8: BAK and SPPD, both of them ready. */
function handOver(before: Inside, now: Date): Change {
  const { attendance, travelOrders } = before.visit;
  if (!before.report) throw new DomainError('report-missing');
  if (attendance.length === 0) throw new DomainError('attendance-missing');
  if (travelOrders.some(({ signedAt }) => signedAt === null)) throw new DomainError('travel-order-unsigned');
  return change(before, 'hand-over', { handedOverAt: now });
}

/** The cards are free for others. That the visit is over with it follows by itself (`nextNotice`). */
function leave(before: Inside, now: Date): Change {
  return { ...change(before, 'leave', { leftAt: now }), claims: claimsWithoutCards(before) };
}

function change({ visit }: Inside, step: Exclude<VisitStep, 'arrive'>, set: Partial<VisitRecord>): Change {
  return { entry: { step }, set: { visit: { ...visit, ...set } } };
}
