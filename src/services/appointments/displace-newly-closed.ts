import type { ServiceContext } from '../service-context.js';
import { displaceClosed } from './displace-closed.js';

/**
 * All bookings are looked at so often even when nothing seems to have changed: a change by another process, one whose process died
 * before anybody was displaced, a booking that was made while its day was being closed.
 */
const EVERY_MILLISECONDS = 60_000;

/** By process: when it last looked, and what was closed then. */
const looked = new WeakMap<ServiceContext['reference'], { at: Date; closing: string }>();

/** `displaceClosed` for a job that runs every few seconds: reads the bookings only when there may be something to displace. */
export async function displaceNewlyClosed(context: ServiceContext, now: Date): Promise<void> {
  const { reference } = context;
  const last = looked.get(reference);
  const age = last ? now.getTime() - last.at.getTime() : EVERY_MILLISECONDS;
  const isRecent = age >= 0 && age < EVERY_MILLISECONDS;
  if (isRecent && last?.closing === (await closingOf(context, now))) return;
  await reference.reload();
  // Before the look: what is closed during it is seen by the next one.
  const closing = await closingOf(context, now);
  await displaceClosed(context, now);
  looked.set(reference, { at: now, closing });
}

/** All that can close a time, as one text to compare. */
async function closingOf({ models, reference }: ServiceContext, now: Date): Promise<string> {
  const { calendar, deadlineRules, rooms } = reference;
  const closings = await models.closedSessions
    .find({ date: { $gte: calendar.dateOf(now) } }, { _id: 1 })
    .sort({ date: 1, _id: 1 })
    .lean();
  const inUse = rooms.filter(({ active }) => active).map(({ code }) => code);
  return JSON.stringify([deadlineRules, inUse, closings.map(({ _id }) => _id)]);
}
