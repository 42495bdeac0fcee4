import type { Appointment } from '../../models/appointment.js';
import type { AppointmentNews } from '../../models/message.js';
import { isOpen, nextOpening } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment, type Change } from './change-appointment.js';
import { isAnyDisplaced } from './displace-closed.js';
import { displaceNewlyClosed } from './displace-newly-closed.js';
import { nextNotice, pendingNotices, type Notice } from './next-notice.js';
import { readFreedMark } from './notice-marks.js';
import { offerFreed } from './offer-freed.js';
import { releaseHold } from './release-hold.js';

/** How many appointments one run looks at; the next run takes the rest. */
const BATCH = 200;

/** After a failure an appointment is looked at again so much later. */
const AGAIN_MILLISECONDS = 60_000;

/** Searches of the waiting list are no work for every few seconds. */
const OFFER_MILLISECONDS = 60_000;

/** Says something to the user, once under its key. */
export type TellNews = (appointment: Appointment, news: AppointmentNews, key: string) => Promise<void>;

/**
 * What happens of itself: reminders, ends of holds, conferences that begin and end, visits to which nobody came (R-C6), times on
 * days that are closed now, and times that have become free for who waits. Run twice, late or by two processes at once it does
 * each thing once.
 */
export async function watchAppointments(context: ServiceContext, tell: TellNews, now: Date): Promise<void> {
  await displaceNewlyClosed(context, now);
  const due = await context.models.appointments
    .find({ nextNoticeAt: { $type: 'date', $lte: now } }, { _id: 1, ticketNumber: 1 })
    .sort({ nextNoticeAt: 1 })
    .limit(BATCH)
    .lean();
  for (const { _id: id, ticketNumber: ticket } of due) {
    try {
      await look(context, id, tell, now);
    } catch (error) {
      context.log.error({ err: error, ticket }, 'looking at an appointment failed; it is tried again');
      const nextNoticeAt = new Date(now.getTime() + AGAIN_MILLISECONDS);
      await context.models.appointments.updateOne({ _id: id }, { $set: { nextNoticeAt } });
    }
  }
  if (due.length > 0 || !isRecent(context, now)) {
    await offerFreed(context, now);
    offered.set(context.reference, now);
  }
}

/** By process: when those who wait were served last. What a step has freed is offered when that is settled. */
const offered = new WeakMap<ServiceContext['reference'], Date>();

/** A minute is soon enough for what opens without a step: a new morning, a day that is worked again. */
function isRecent({ reference }: ServiceContext, now: Date): boolean {
  const last = offered.get(reference);
  if (!last) return false;
  const age = now.getTime() - last.getTime();
  return age >= 0 && age < OFFER_MILLISECONDS;
}

/** When there is something to look at next. */
export async function nextAppointmentLook(context: ServiceContext, now: Date): Promise<Date | undefined> {
  const { models, reference } = context;
  if (await isAnyDisplaced(context, now)) return now;
  const next = await models.appointments
    .findOne({ nextNoticeAt: { $type: 'date' } }, { nextNoticeAt: 1 })
    .sort({ nextNoticeAt: 1 })
    .lean();
  const times = next?.nextNoticeAt ? [next.nextNoticeAt] : [];
  // What became free at night is offered in the morning.
  if (
    !isOpen(reference.calendar, now) &&
    (await models.appointments.exists({ 'waiting.since': { $type: 'date' } }))
  ) {
    times.push(nextOpening(reference.calendar, now));
  }
  return times.sort((a, b) => a.getTime() - b.getTime())[0];
}

async function look(context: ServiceContext, id: string, tell: TellNews, now: Date): Promise<void> {
  const { models, reference } = context;
  const before = await models.appointments.findById(id).lean();
  if (!before) return;
  const [notice] = pendingNotices(reference.calendar, before, now);
  if (notice && notice.at <= now) {
    await give(context, before, notice, tell, now);
    return look(context, id, tell, now);
  }
  const { version, nextNoticeAt } = before;
  await models.appointments.updateOne(
    { _id: id, version, nextNoticeAt },
    { $set: { nextNoticeAt: nextNotice(reference.calendar, before, now) } },
  );
}

/** Each ends in a write after which it is no longer due; what is told before it is told under one key. */
async function give(
  context: ServiceContext,
  before: Appointment,
  { code, mark }: Notice,
  tell: TellNews,
  now: Date,
): Promise<void> {
  const { _id: id, held } = before;
  switch (code) {
    case 'freed': {
      const until = readFreedMark(mark);
      if (until && held?.until.getTime() === until.getTime()) await tell(before, code, `${id}:${mark}`);
      return note(context, id, mark, now);
    }
    case 'hold-over':
      await tell(before, code, `${id}:${mark}`);
      await releaseHold(context, { id, onlyOver: true, now });
      return;
    case 'reminder-day':
    case 'reminder-hours':
      await tell(before, code, `${id}:${mark}`);
      return note(context, id, mark, now);
    case 'begin':
    case 'end':
    case 'no-show':
      await pass(context, id, { code, mark }, now);
  }
}

/** It was given: a freed time's mark goes, a reminder's stays. */
async function note(context: ServiceContext, id: string, mark: string, now: Date): Promise<void> {
  const freed = readFreedMark(mark) !== undefined;
  await changeAppointment(context, {
    ...{ id, by: { kind: 'product' }, now },
    decide: ({ noticed }) => {
      if (noticed.includes(mark) !== freed) return null;
      return { set: { noticed: freed ? noticed.filter((other) => other !== mark) : [...noticed, mark] } };
    },
  });
}

/** The session begins, is over, or was missed; unless a person was faster. */
async function pass(
  context: ServiceContext,
  id: string,
  { code, mark }: { code: keyof typeof PASSED; mark: string },
  now: Date,
): Promise<void> {
  await changeAppointment(context, {
    ...{ id, by: { kind: 'product' }, now },
    decide: (before) => {
      const due = pendingNotices(context.reference.calendar, before, now);
      const still = due.some((notice) => notice.code === code && notice.mark === mark && notice.at <= now);
      if (!still) return null;
      return { ...PASSED[code], entry: { step: code, startsAt: before.agreed?.startsAt } };
    },
  });
}

/** R-C4: a visit that was missed gives its place in the month back. */
const PASSED = {
  begin: { set: { state: 'under-way' } },
  end: { set: { state: 'over' } },
  'no-show': { set: { state: 'no-show', held: null, waiting: null, proposed: [] }, claims: [] },
} as const satisfies Record<string, Omit<Change, 'entry'>>;
