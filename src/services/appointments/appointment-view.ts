import type {
  Appointment,
  AppointmentEntry,
  AppointmentState,
  AppointmentStep,
  Guest,
  RequestLetter,
  Session,
  TrialRun,
} from '../../models/appointment.js';
import type { BookingKind, Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';
import { unitNames, type UnitName } from '../escalations/escalation-view.js';

export interface SessionView {
  startsAt: Date;
  endsAt: Date;
  room: { code: string; name: string };
}

/** A line of the list. */
export interface AppointmentSummary {
  id: string;
  version: number;
  kind: BookingKind;
  state: AppointmentState;
  ticketNumber: string;
  who: Appointment['who'];
  purpose: string;
  unit: UnitName;
  consultant: { id: string; name: string } | null;
  requestedAt: Date;
  updatedAt: Date;
  agreed: SessionView | null;
  /** A time kept for the user while they decide. */
  held: (SessionView & { until: Date }) | null;
  /** How many times the user may choose from. */
  proposed: number;
  waiting: Appointment['waiting'];
  displaced: boolean;
  /** R-B2: when it was to have an agreed time; null once it has. */
  planBy: Date | null;
  /** R-B2: it should have an agreed time by now. */
  planningLate: boolean;
  /** A trial run failed, and what hindered it is not solved (R-B5). */
  hindered: boolean;
}

/** Everything about one. */
export interface AppointmentView extends Omit<AppointmentSummary, 'proposed'> {
  proposed: SessionView[];
  topicCode: string;
  regionCode: string | null;
  kanwil: string | null;
  /** For the contact centre only: a unit meets the user, it does not write to them (R-E3). */
  contact: { email: string | null; phone: string | null; position: string | null } | null;
  letter: RequestLetter | null;
  guests: Guest[];
  meetingUrl: string | null;
  /** Why no meeting could be made by itself; a code. */
  meetingFailure: string | null;
  trial: TrialRun | null;
  /** What the BAK is made of (R-B6, R-C9). */
  report: { answer: string; legalBasis: string[]; recordingUrl: string | null } | null;
  thread: Omit<AppointmentEntry, 'key'>[];
  /** What the reader may do now. */
  allowed: AppointmentStep[];
}

/** Lines of a list; two reads for all of them together. */
export async function summariseAppointments(
  context: ServiceContext,
  appointments: readonly Omit<Appointment, 'thread'>[],
  now: Date,
): Promise<AppointmentSummary[]> {
  const ids = [...new Set(appointments.map(({ ticketId }) => ticketId))];
  const [tickets, unitName] = await Promise.all([
    context.models.tickets.find({ _id: { $in: ids } }, { dueAt: 1 }).lean(),
    unitNames(context),
  ]);
  const dueAt = new Map(tickets.map((ticket) => [ticket._id, ticket.dueAt]));
  return appointments.map((appointment) =>
    summarise(context, appointment, {
      ...{ unit: unitName(appointment.unitCode), dueAt: dueAt.get(appointment.ticketId) ?? null, now },
    }),
  );
}

interface Reading {
  allowed: AppointmentStep[];
  /** Whether the reader may see how to reach the user. */
  withContact: boolean;
  now: Date;
}

/** One appointment for one reader. */
export async function viewAppointment(
  context: ServiceContext,
  appointment: Appointment,
  { allowed, withContact, now }: Reading,
): Promise<AppointmentView> {
  const [ticket, unitName] = await Promise.all([
    context.models.tickets.findById(appointment.ticketId, { dueAt: 1, profile: 1 }).lean(),
    unitNames(context),
  ]);
  const { regionCode, kanwil, letter, guests, meetingUrl, trial, report, topicCode } = appointment;
  const unit = unitName(appointment.unitCode);
  return {
    ...summarise(context, appointment, { unit, dueAt: ticket?.dueAt ?? null, now }),
    ...{ regionCode, kanwil, letter, guests, meetingUrl, trial, topicCode, allowed },
    meetingFailure: appointment.meetingFailure ?? null,
    proposed: appointment.proposed.map((session) => viewSession(context, session)),
    contact: withContact ? contactOf(ticket?.profile) : null,
    report: report && {
      ...{ answer: report.answer ?? '', legalBasis: report.legalBasis ?? [] },
      recordingUrl: report.recordingUrl,
    },
    thread: appointment.thread.map(({ key: _, ...entry }) => entry),
  };
}

function summarise(
  context: ServiceContext,
  appointment: Omit<Appointment, 'thread'>,
  { unit, dueAt, now }: { unit: UnitName; dueAt: Date | null; now: Date },
): AppointmentSummary {
  const { _id: id, version, kind, state, ticketNumber, who, purpose, requestedAt, updatedAt } = appointment;
  const { agreed, held, waiting, displaced, consultantId, consultantName, trial } = appointment;
  const planBy = PLANNED.has(state) ? null : dueAt;
  return {
    ...{ id, version, kind, state, ticketNumber, who, purpose, unit, requestedAt, updatedAt },
    ...{ waiting, displaced, proposed: appointment.proposed.length, planBy },
    planningLate: planBy !== null && planBy < now,
    hindered: trial?.state === 'failed' && trial.solvedAt === null,
    consultant: consultantId === null ? null : { id: consultantId, name: consultantName ?? '' },
    agreed: agreed && viewSession(context, agreed),
    held: held && held.until > now ? { ...viewSession(context, held), until: held.until } : null,
  };
}

/** All but those that are still to get a time. */
const PLANNED: ReadonlySet<AppointmentState> = new Set([
  ...(['scheduled', 'under-way', 'over', 'done', 'cancelled', 'no-show', 'declined'] as const),
]);

export function viewSession(
  { reference }: ServiceContext,
  { startsAt, endsAt, room: code }: Session,
): SessionView {
  const room = reference.rooms.find((known) => known.code === code);
  return { startsAt, endsAt, room: { code, name: room?.name ?? code } };
}

function contactOf(profile: Ticket['profile'] = {}): AppointmentView['contact'] {
  return {
    email: profile.email ?? null,
    phone: profile.phone ?? null,
    position: profile.position ?? null,
  };
}
