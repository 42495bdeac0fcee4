import type {
  Escalation,
  EscalationAnswer,
  EscalationEntry,
  EscalationState,
} from '../../models/escalation.js';
import type { FileReference } from '../../models/message.js';
import type { Ticket } from '../../models/ticket.js';
import { workingMinutesBetween } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import type { LaterStep } from './steps.js';

export interface UnitName {
  code: string;
  name: string;
}

/** A line of the desk. */
export interface EscalationSummary {
  id: string;
  version: number;
  state: EscalationState;
  open: boolean;
  ticketNumber: string;
  unit: UnitName;
  /** No address: a unit answers the question, the contact centre talks with the user (R-E3). */
  asker: { name: string | null; agency: string | null; regionName: string | null };
  /** The agent's; '' when there is none. */
  summary: string;
  question: string;
  sentAt: Date;
  sentByName: string;
  dueAt: Date;
  overdue: boolean;
  assignee: { id: string; name: string } | null;
  /** Since the latest step: 1 the unit was reminded, 2 the supervisor was told. */
  reminders: number;
  updatedAt: Date;
}

/** A step as people read it. */
export interface ThreadLine extends Omit<EscalationEntry, 'unitCode' | 'toUnitCode' | 'key'> {
  unit: UnitName;
  toUnit?: UnitName;
  /** Working minutes since the step before; 0 for the first. */
  workingMinutes: number;
}

/** Everything a unit, its head and the agent see of one. */
export interface EscalationView extends EscalationSummary {
  files: FileReference[];
  /** The unit's latest answer; once approved as it was approved. */
  answer: EscalationAnswer | null;
  /** What the user was asked and has not answered. */
  openQuestion: { n: number; text: string; at: Date } | null;
  /** Why its card in Teams does not show how it stands, a code; null while it does, and without Teams. */
  cardFailure: string | null;
  thread: ThreadLine[];
  /** Working minutes from the first step to the last, or to now while it is open. */
  workingMinutes: number;
  /** What the reader may do now; empty where the view is for nobody in particular. */
  allowed: LaterStep[];
}

/** Lines of the desk; two reads for all of them together. */
export async function summariseEscalations(
  context: ServiceContext,
  escalations: readonly Omit<Escalation, 'thread'>[],
  now: Date,
): Promise<EscalationSummary[]> {
  const [askers, unitName] = await Promise.all([askersOf(context, escalations), unitNames(context)]);
  return escalations.map((escalation) => ({
    ...{ id: escalation._id, version: escalation.version, state: escalation.state, open: escalation.open },
    ...{ ticketNumber: escalation.ticketNumber, unit: unitName(escalation.unitCode) },
    asker: askerOf(askers.get(escalation.ticketId)),
    ...{ summary: escalation.summary, question: escalation.question },
    ...{ sentAt: escalation.sentAt, sentByName: escalation.sentByName, dueAt: escalation.dueAt },
    overdue: escalation.open && escalation.dueAt < now,
    assignee:
      escalation.assigneeId === null
        ? null
        : { id: escalation.assigneeId, name: escalation.assigneeName ?? '' },
    ...{ reminders: escalation.reminders, updatedAt: escalation.updatedAt },
  }));
}

/** @param allowed what the reader may do with it now */
export async function viewEscalation(
  context: ServiceContext,
  escalation: Escalation,
  { allowed, now }: { allowed: LaterStep[]; now: Date },
): Promise<EscalationView> {
  const [summaries, unitName] = await Promise.all([
    summariseEscalations(context, [escalation], now),
    unitNames(context),
  ]);
  const [summary] = summaries as [EscalationSummary];
  const { calendar } = context.reference;
  const { thread, files, answer, askedEntry, sentAt, updatedAt, open } = escalation;
  const asked = thread.find(({ n }) => n === askedEntry);
  return {
    ...summary,
    ...{ files, answer, allowed },
    openQuestion: asked ? { n: asked.n, text: asked.text ?? '', at: asked.at } : null,
    cardFailure: escalation.card?.reason ?? null,
    thread: thread.map(({ unitCode, toUnitCode, key: _, ...entry }, index) => ({
      ...entry,
      unit: unitName(unitCode),
      ...(toUnitCode === undefined ? {} : { toUnit: unitName(toUnitCode) }),
      workingMinutes: minutes(workingMinutesBetween(calendar, thread[index - 1]?.at ?? entry.at, entry.at)),
    })),
    workingMinutes: minutes(workingMinutesBetween(calendar, sentAt, open ? now : updatedAt)),
  };
}

export async function unitNames({ models }: ServiceContext): Promise<(code: string) => UnitName> {
  const units = await models.units.find({}, { name: 1 }).lean();
  const names = new Map(units.map(({ _id, name }) => [_id, name]));
  return (code) => ({ code, name: names.get(code) ?? code });
}

async function askersOf(
  { models }: ServiceContext,
  escalations: readonly Pick<Escalation, 'ticketId'>[],
): Promise<ReadonlyMap<string, Ticket['profile']>> {
  const ids = [...new Set(escalations.map(({ ticketId }) => ticketId))];
  const tickets = await models.tickets.find({ _id: { $in: ids } }, { profile: 1 }).lean();
  return new Map(tickets.map(({ _id, profile }) => [_id, profile]));
}

function askerOf(profile: Ticket['profile'] = {}): EscalationSummary['asker'] {
  return {
    name: profile.name ?? null,
    agency: profile.agency ?? null,
    regionName: profile.regionName ?? null,
  };
}

const minutes = Math.round;
