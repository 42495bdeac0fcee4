import type { Appointment, AppointmentState } from '../../models/appointment.js';
import { unitNames, type UnitName } from '../escalations/escalation-view.js';
import { viewSession, type SessionView } from '../appointments/appointment-view.js';
import { findTicketMinutes } from '../minutes/find-minutes.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { admission, consultantClock, visitClock, type VisitClock } from './visit-clocks.js';
import { allowedVisitSteps, visitStandings } from './visit-standing.js';
import { phaseOf, type VisitPhase, type VisitStep } from './visit-steps.js';

/** A line of the day's list. */
export interface VisitSummary {
  id: string;
  version: number;
  ticketNumber: string;
  state: AppointmentState;
  /** Null: it has no time, or nobody came. */
  phase: VisitPhase | null;
  who: Appointment['who'];
  purpose: string;
  unit: UnitName;
  consultant: string | null;
  /** Null while it is planned. */
  agreed: SessionView | null;
  guests: string[];
  present: number;
  guestCard: string | null;
  /** 10 minutes from calling the consultant. */
  consultantClock: VisitClock | null;
  /** 1 hour from the identity card's being taken. */
  visitClock: VisitClock | null;
}

interface VisitGuest {
  id: string;
  name: string;
  position: string | null;
  isHead: boolean;
  /** Null: not on the attendance list. */
  attendance: { signature: 'screen' | 'paper'; signatureFileId: string | null; at: Date } | null;
  travelOrder: { number: string; signedAt: Date | null } | null;
}

/** One visit as the reception works with it. */
export interface VisitView extends Omit<VisitSummary, 'guests'> {
  guests: VisitGuest[];
  /** R-C2: when the guests may be let in. */
  admission: { from: Date; until: Date } | null;
  arrivedAt: Date | null;
  calledAt: Date | null;
  metAt: Date | null;
  handedOverAt: Date | null;
  leftAt: Date | null;
  /** The consultant has written the BAK. */
  reported: boolean;
  /** Number of the BAK once it can be printed. */
  minutes: string | null;
  thread: { step: Appointment['thread'][number]['step']; at: Date; byName: string }[];
  /** What the reader may do now. */
  allowed: VisitStep[];
}

export async function summariseVisits(
  context: ServiceContext,
  visits: readonly Appointment[],
  now: Date,
): Promise<VisitSummary[]> {
  const unitName = await unitNames(context);
  return visits.map((visit) => summarise(context, visit, unitName(visit.unitCode), now));
}

export async function viewVisit(
  context: ServiceContext,
  visit: Appointment,
  { actor, now }: { actor: Actor; now: Date },
): Promise<VisitView> {
  const [unitName, standings, minutes] = await Promise.all([
    unitNames(context),
    visitStandings(context, actor, visit),
    findTicketMinutes(context, visit.ticketId),
  ]);
  const { agreed, report, thread, visit: record } = visit;
  const { arrivedAt = null, calledAt = null, metAt = null } = record ?? {};
  const { handedOverAt = null, leftAt = null } = record ?? {};
  return {
    ...summarise(context, visit, unitName(visit.unitCode), now),
    ...{ arrivedAt, calledAt, metAt, handedOverAt, leftAt },
    guests: guestsOf(visit),
    admission: agreed && admission(agreed),
    reported: report !== null,
    minutes: minutes?.number ?? null,
    thread: thread.map(({ step, at, byName }) => ({ step, at, byName })),
    allowed: allowedVisitSteps(visit, standings),
  };
}

function summarise(
  context: ServiceContext,
  appointment: Appointment,
  unit: UnitName,
  now: Date,
): VisitSummary {
  const { _id: id, version, ticketNumber, state, who, purpose, agreed, guests, visit } = appointment;
  return {
    ...{ id, version, ticketNumber, state, who, purpose, unit },
    phase: phaseOf(appointment) ?? null,
    consultant: appointment.consultantName,
    agreed: agreed && viewSession(context, agreed),
    guests: guests.map(({ name }) => name),
    present: visit?.attendance.length ?? 0,
    guestCard: visit?.guestCard ?? null,
    consultantClock: visit && consultantClock(visit, now),
    visitClock: visit && visitClock(visit, now),
  };
}

function guestsOf({ guests, visit }: Appointment): VisitGuest[] {
  return guests.map(({ id, name, position, isHead }) => {
    const present = visit?.attendance.find(({ guestId }) => guestId === id);
    const order = visit?.travelOrders.find(({ guestId }) => guestId === id);
    return {
      ...{ id, name, position, isHead },
      attendance: present
        ? { signature: present.signature, signatureFileId: present.signatureFileId, at: present.at }
        : null,
      travelOrder: order ? { number: order.number, signedAt: order.signedAt } : null,
    };
  });
}
