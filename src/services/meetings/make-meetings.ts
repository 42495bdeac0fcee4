import type { Appointment } from '../../models/appointment.js';
import type { Filter } from '../../models/query.js';
import { changeAppointment } from '../appointments/change-appointment.js';
import { nextSettleTry } from '../escalations/settle-schedule.js';
import type { ServiceContext } from '../service-context.js';
import { MeetingFailure, type MeetingMaker } from './meeting-maker.js';

/** How many meetings one run makes; the next run makes the rest. */
const BATCH = 20;

/**
 * R-B3: gives every agreed conference by application that has no link a Teams meeting. One meeting for an appointment, whatever
 * becomes of its time: the link that was told stays good after a move. What fails is tried again, and shown with the booking.
 */
export async function makeMeetings(context: ServiceContext, maker: MeetingMaker, now: Date): Promise<void> {
  const due = await context.models.appointments
    .find({ ...lacksMeeting(now), $or: [{ nextMeetingAt: null }, { nextMeetingAt: { $lte: now } }] })
    .sort({ 'agreed.startsAt': 1 })
    .limit(BATCH)
    .lean();
  for (const appointment of due) await ensureMeeting(context, maker, appointment, now);
}

/** When there is one to make next. */
export async function nextMeeting({ models }: ServiceContext, now: Date): Promise<Date | undefined> {
  const next = await models.appointments
    .findOne(lacksMeeting(now), { nextMeetingAt: 1 })
    .sort({ nextMeetingAt: 1 })
    .lean();
  return next ? (next.nextMeetingAt ?? now) : undefined;
}

function lacksMeeting(now: Date): Filter<Appointment> {
  return {
    ...{ state: 'scheduled', kind: 'video-application', meetingUrl: null },
    'agreed.startsAt': { $gt: now },
  };
}

async function ensureMeeting(
  context: ServiceContext,
  maker: MeetingMaker,
  appointment: Appointment,
  now: Date,
): Promise<void> {
  const { _id: id, agreed, who, ticketNumber: ticket, updatedAt } = appointment;
  if (!agreed) return;
  const subject = context.texts.for('id')('letters:meeting', { agency: who.agency || who.name, ticket });
  try {
    const { startsAt, endsAt } = agreed;
    const { joinUrl } = await maker.create({ subject, startsAt, endsAt, key: id });
    await changeAppointment(context, {
      ...{ id, by: { kind: 'product' }, key: 'meeting', now },
      // Somebody entered a link meanwhile, or the conference fell through: theirs holds.
      decide: (before) =>
        before.meetingUrl !== null || before.state !== 'scheduled'
          ? null
          : {
              entry: { step: 'meeting' },
              set: { meetingUrl: joinUrl, meetingFailure: null, nextMeetingAt: null },
            },
    });
  } catch (error) {
    if (!(error instanceof MeetingFailure)) throw error;
    context.log.warn({ ticket, code: error.code, status: error.status }, 'no meeting could be made');
    const set = { meetingFailure: error.code, nextMeetingAt: nextSettleTry(updatedAt, now) };
    await context.models.appointments.updateOne({ _id: id, meetingUrl: null }, { $set: set });
    context.changes.publish({ topic: 'appointment', id });
  }
}
